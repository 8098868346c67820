import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ImageSamples } from '../../../../src/datasets/samples';
import { DatasetStore } from '../../../../src/datasets/store';
import { Random } from '../../../../src/datasets/random';
import { BALANCED, balancedEntry, emnistZip } from './samples';
import { noRanges, serve, type FileServer } from './server';

const PROGRAM = path.resolve('out', 'test', 'unit', 'datasets', 'downloads', 'downloadProgram.js');
const KILLS = 20;

describe('downloads and imports that are killed', function () {
  this.timeout(120_000);
  let home: string;
  let server: FileServer;
  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    server = await serve([['gzip.zip', await emnistZip()]]);
  });
  afterEach(async () => {
    await server.close();
    await rm(home, { recursive: true });
  });

  /** @returns the steps of a process that came to its end, undefined for one that was killed at a step */
  function start(folder: string, dieAt: number, work = 'download'): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const args = [PROGRAM, folder, `${server.address}/gzip.zip`, String(dieAt), work];
      execFile(process.execPath, args, (error, stdout, stderr) => {
        if (!error) resolve(Number(stdout));
        else if (error.signal === 'SIGKILL') resolve(undefined);
        else reject(new Error(stderr));
      });
    });
  }

  const storeIn = (folder: string) =>
    new DatasetStore(folder, { catalogue: [balancedEntry([`${server.address}/gzip.zip`])] });

  /** What a dataset that nobody disturbed holds. */
  async function undisturbed(): Promise<{ steps: number; checksum: string }> {
    const folder = path.join(home, 'undisturbed');
    const steps = (await start(folder, 0)) ?? 0;
    return { steps, checksum: (await storeIn(folder).verify(BALANCED)).checksum };
  }

  for (const ranges of [true, false]) {
    it(`${String(KILLS)} times at random steps, ${ranges ? 'member by member' : 'of a whole archive'}: the next start goes on or finds it whole`, async () => {
      server.manner = ranges ? undefined : noRanges;
      const { steps, checksum } = await undisturbed();
      assert.ok(steps > 40, String(steps));
      const random = new Random(ranges ? 20 : 21);
      for (let kill = 0; kill < KILLS / 2; kill++) {
        const folder = path.join(home, String(kill));
        const moment = 1 + random.integer(steps);
        await start(folder, moment);
        // never shown as ready before it is, and the next start needs no help
        const left = await storeIn(folder).find(BALANCED);
        if (left?.state === 'ready')
          assert.equal((await storeIn(folder).verify(BALANCED)).checksum, checksum);
        else assert.match(left?.state ?? '', /^(absent|partial)$/, `step ${String(moment)}`);
        assert.notEqual(await start(folder, 0), undefined);
        assert.equal((await storeIn(folder).verify(BALANCED)).checksum, checksum, `step ${String(moment)}`);
      }
    });
  }

  it('killed again and again, one download still comes to its end', async () => {
    const { steps, checksum } = await undisturbed();
    const folder = path.join(home, 'again');
    const random = new Random(22);
    let kills = 0;
    while ((await start(folder, 10 + random.integer(steps / 2))) === undefined) kills++;
    assert.ok(kills > 0);
    assert.equal((await storeIn(folder).verify(BALANCED)).checksum, checksum);
  });

  it('an import that is killed leaves nothing that looks like a dataset, and the next one succeeds', async () => {
    const steps = (await start(path.join(home, 'undisturbed'), 0, 'write')) ?? 0;
    const random = new Random(23);
    for (let kill = 0; kill < KILLS / 2; kill++) {
      const folder = path.join(home, String(kill));
      await start(folder, 1 + random.integer(steps), 'write');
      const store = storeIn(folder);
      if (!(await store.find('import'))) await start(folder, 0, 'write');
      assert.equal(((await (await store.open('import')).load('all')) as ImageSamples).labels.length, 50);
      await store.verify('import');
    }
  });
});
