import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatasetStore } from '../../../../src/datasets/store/datasetStore';
import { Random } from '../../../../src/base/random';
import { barFile } from '../import/temporary';
import { BALANCED, balancedEntry, emnistFiles, emnistZip, zipOf } from './samples';
import { noRanges, serve, type FileServer } from './server';
import { wasKilled } from '../../../harness/killed';

const PROGRAM = path.resolve('out', 'test', 'unit', 'datasets', 'downloads', 'downloadProgram.js');
const KILLS = 20;
/** Of each of the imports. */
const KILLED_IMPORTS = 7;
/** How files are written: by handles, by streams (unpacking), and in one go (manifests). */
const WRITING = [
  'FileHandle.write',
  'FileHandle.sync',
  'fs.write',
  'fs.fsync',
  'fs.rename',
  'promises.rename',
];

/** What a process did that nobody killed. */
interface Done {
  readonly steps: number;
  readonly kinds: Readonly<Record<string, number>>;
}

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

  /** @returns what a process that came to its end did, undefined for one that was killed at a step */
  function start(
    folder: string,
    dieAt: number,
    work = 'download',
    from = `${server.address}/gzip.zip`,
  ): Promise<Done | undefined> {
    return new Promise((resolve, reject) => {
      const args = [PROGRAM, folder, from, String(dieAt), work];
      execFile(process.execPath, args, (error, stdout, stderr) => {
        if (!error) resolve(JSON.parse(stdout) as Done);
        else if (wasKilled(error, stderr)) resolve(undefined);
        else reject(new Error(stderr));
      });
    });
  }

  const storeIn = (folder: string) =>
    new DatasetStore(folder, { catalog: [balancedEntry([`${server.address}/gzip.zip`])] });

  /** What a dataset that nobody disturbed holds. */
  async function undisturbed(): Promise<Done & { checksum: string }> {
    const folder = path.join(home, 'undisturbed');
    const done = (await start(folder, 0)) ?? assert.fail();
    return { ...done, checksum: (await storeIn(folder).verify(BALANCED)).checksum };
  }

  for (const ranges of [true, false]) {
    it(`${String(KILLS)} times at random steps, ${ranges ? 'member by member' : 'of a whole archive'}: the next start goes on or finds it whole`, async () => {
      server.manner = ranges ? undefined : noRanges;
      const { steps, kinds, checksum } = await undisturbed();
      for (const kind of WRITING) assert.ok(kinds[kind], `${kind} is no step: ${JSON.stringify(kinds)}`);
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

  /** What is imported, and how: each reader takes its files in another way. */
  const IMPORTS: [string, () => Promise<Record<string, Buffer>>][] = [
    ['an archive of ink', inkFiles],
    ['a folder of pictures', pictureFiles],
    ["EMNIST's files", async () => Object.fromEntries(await emnistFiles())],
  ];
  for (const [at, [what, filesOf]] of IMPORTS.entries()) {
    it(`an import of ${what} that is killed leaves nothing that looks like a dataset, and the next one succeeds`, async () => {
      const from = path.join(home, 'from');
      await mkdir(from);
      const files = Object.entries(await filesOf());
      if (what.includes('archive')) await writeFile(path.join(from, 'ink.zip'), await zipOf(files));
      else for (const [name, content] of files) await writeFile(path.join(from, name), content);
      const whole = path.join(home, 'undisturbed');
      const { steps, kinds } = (await start(whole, 0, 'import', from)) ?? assert.fail();
      assert.ok(kinds['FileHandle.write'] && kinds['FileHandle.sync'], JSON.stringify(kinds));
      const { checksum } = await storeIn(whole).verify('import');
      const random = new Random(23 + at);
      for (let kill = 0; kill < KILLED_IMPORTS; kill++) {
        const folder = path.join(home, String(kill));
        await start(folder, 1 + random.integer(steps), 'import', from);
        const store = storeIn(folder);
        if (!(await store.find('import'))) assert.ok(await start(folder, 0, 'import', from));
        assert.equal((await store.verify('import')).checksum, checksum);
        assert.deepEqual(await readdir(path.join(folder, 'datasets')), ['import']);
      }
    });
  }
});

function inkFiles(): Promise<Record<string, Buffer>> {
  const line = (label: string, x: number) =>
    `${JSON.stringify({
      label,
      strokes: [
        [
          [0, 0, 0],
          [x, 9, 10],
        ],
      ],
    })}\n`;
  const labels = [...'abcdefgh'];
  return Promise.resolve(
    Object.fromEntries(
      labels.map((label, at) => [`${label}.jsonl`, Buffer.from(line(label, at).repeat(300))]),
    ),
  );
}

async function pictureFiles(): Promise<Record<string, Buffer>> {
  const picture = await barFile('png');
  return Object.fromEntries([...'abcdefgh'].map((label) => [`${label}_1.png`, picture]));
}
