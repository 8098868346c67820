import assert from 'node:assert/strict';
import path from 'node:path';
import { crc32c } from '../../../../src/engine/training/tensorBoard/crc32c';
import { EventsFile } from '../../../../src/engine/training/tensorBoard/eventsFile';
import { temporaryFolder } from '../../datasets/import/temporary';
import { readEvents } from './events';

describe('event files', () => {
  const folder = temporaryFolder();

  it('have the checksums of RFC 3720', () => {
    assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
    assert.equal(crc32c(new Uint8Array(32)), 0x8a9136aa);
    assert.equal(crc32c(new Uint8Array(32).fill(0xff)), 0x62a8ab43);
  });

  it('hold the scalars that were written, each with its time and step', async () => {
    let time = 1_700_000_000_000;
    const events = await EventsFile.create(path.join(folder.path, 'a', 'run'), () => (time += 500));
    await events.write(0, { 'loss/batch': 2.5 });
    await events.write(2 ** 33 + 300, { 'loss/training': -0.125, 'accuracy/training': 1 });
    assert.match(path.basename(events.file), /^events\.out\.tfevents\.1700000000\./);
    const read = await readEvents(events.file);
    assert.deepEqual(read, [
      { wallTime: 1_700_000_001, step: 0, values: [['loss/batch', 2.5]] },
      {
        wallTime: 1_700_000_001.5,
        step: 2 ** 33 + 300,
        values: [
          ['loss/training', -0.125],
          ['accuracy/training', 1],
        ],
      },
    ]);
  });
});
