import assert from 'node:assert/strict';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sweepUntouched } from '../../../src/storage/sweep';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';

const DAY = 24 * 60 * 60 * 1000;

describe('sweeping what nobody has touched', () => {
  let folder: string;
  beforeEach(async () => (folder = await makeScratchFolder()));
  afterEach(() => removeScratchFolder(folder));

  it('removes files that are old enough, and nothing else', async () => {
    for (const [name, days] of [
      ['old', 40],
      ['new', 20],
    ] as const) {
      const file = path.join(folder, name);
      await writeFile(file, name);
      const then = new Date(Date.now() - days * DAY);
      await utimes(file, then, then);
    }
    await mkdir(path.join(folder, 'sub'));
    await utimes(path.join(folder, 'sub'), 0, 0);
    await sweepUntouched(folder, 30 * DAY);
    assert.deepEqual((await readdir(folder)).sort(), ['new', 'sub']);
  });

  it('needs no folder', async () => {
    await sweepUntouched(path.join(folder, 'none'), 0);
  });
});
