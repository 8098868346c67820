import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { emnistZip } from '../datasets/downloads/samples';
import { serve, type FileServer } from '../datasets/downloads/server';

const CLI = path.resolve('dist', 'cli.js');
const ID = 'emnist-balanced';

describe('the command line: datasets', function () {
  this.timeout(120_000);
  let home: string;
  let server: FileServer;
  before(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    server = await serve([['data/emnist/gzip.zip', await emnistZip()]]);
  });
  after(async () => {
    await server.close();
    await rm(home, { recursive: true });
  });

  function scrawl(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      execFile(process.execPath, [CLI, '--home', home, ...args], (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  }

  it('downloads by a mirror, lists, verifies, evaluates by id and removes', async () => {
    const mirror = ['--mirror', `${server.address}/gone`, '--mirror', `${server.address}/data`];
    const downloaded = await scrawl('datasets', 'download', ...mirror, ID, '--json');
    assert.equal(downloaded.code, 0, downloaded.stderr);
    assert.match(downloaded.stderr, /downloading {2}.* of /);
    assert.match(downloaded.stderr, /^Each file is checked against the CRC-32 in its archive/m);
    const { samples } = JSON.parse(downloaded.stdout) as { samples: unknown };
    assert.deepEqual(samples, { test: 86, train: 200 });

    const listed = (await scrawl('datasets', 'list', '--json')).stdout.trim().split('\n');
    const states = listed.map((line) => JSON.parse(line) as { id: string; state: string });
    assert.equal(states.length, 7);
    assert.deepEqual(
      states.filter(({ state }) => state !== 'absent').map(({ id, state }) => [id, state]),
      [[ID, 'ready']],
    );
    assert.match(
      (await scrawl('datasets', 'list')).stdout,
      /mnist {2}MNIST {2}not downloaded {2}about 11\.6 MB/,
    );
    assert.match((await scrawl('datasets', 'verify', ID)).stdout, /EMNIST Balanced is whole: 47 classes/);

    const evaluated = await scrawl('evaluate', '--model', 'bundled', '--dataset', ID);
    assert.equal(evaluated.code, 0, evaluated.stderr);
    assert.match(evaluated.stdout, /86 samples/);
    assert.equal((await scrawl('datasets', 'remove', ID)).code, 0);
  });

  it('reports doubles and leaks', async () => {
    const line = (label: string, x: number) =>
      JSON.stringify({
        label,
        strokes: [
          [
            [x, 0],
            [1, 1],
          ],
        ],
      });
    const folder = path.join(home, 'leaky');
    await mkdir(folder);
    await writeFile(path.join(folder, 'train.jsonl'), [line('a', 2), line('b', 3), line('b', 3)].join('\n'));
    await writeFile(path.join(folder, 'test.jsonl'), [line('a', 4), line('b', 3)].join('\n'));
    await scrawl('datasets', 'import', folder, '--name', 'Leaky');
    const { stdout } = await scrawl('datasets', 'report', 'leaky');
    assert.equal(
      stdout,
      'Leaky: 2 classes, 2 test + 3 train\n       1  In Train and in Test\n       1  Doubles within Train\n',
    );
    const { findings } = JSON.parse((await scrawl('datasets', 'report', 'leaky', '--json')).stdout) as {
      findings: { id: string; samples: unknown[] }[];
    };
    assert.deepEqual(findings[0]?.samples, [
      ['train', 1],
      ['train', 2],
      ['test', 1],
    ]);
    await scrawl('datasets', 'remove', 'leaky');
  });

  it('imports, merges and exports', async () => {
    const lines = (label: string) =>
      `${JSON.stringify({
        label,
        strokes: [
          [
            [0, 0],
            [1, 1],
          ],
        ],
      })}\n`;
    for (const label of ['a', 'b']) {
      const file = path.join(home, `${label}.jsonl`);
      await writeFile(file, lines(label));
      assert.equal((await scrawl('datasets', 'import', file, '--name', `ink ${label}`)).code, 0);
    }
    const merged = await scrawl('datasets', 'merge', 'ink-a', 'ink-b', '--name', 'Both');
    assert.equal(merged.stdout, 'both: 2 classes, 2 all\n', merged.stderr);
    const out = path.join(home, 'out');
    const exported = await scrawl('datasets', 'export', 'both', '--format', 'inkml', '--out', out);
    assert.equal(exported.code, 0, exported.stderr);
    assert.deepEqual(await readdir(out), ['all-0000.inkml', 'classes.txt']);
    assert.equal((await scrawl('datasets', 'merge', 'ink-a', 'ink-b', '--name', 'Both')).code, 1);
    assert.equal((await scrawl('datasets', 'merge', 'ink-a', 'ink-b')).code, 2);
  });

  it('ends with 1 and one line that says what to do, and with 2 on wrong usage', async () => {
    for (const args of [
      ['datasets', 'download', 'nothing'],
      ['datasets', 'download', 'mnist', '--mirror', `${server.address}/gone`],
      ['datasets', 'verify', 'mnist'],
      ['datasets', 'remove', 'mnist'],
      ['datasets', 'merge', 'mnist', '--name', 'x'],
      ['datasets', 'export', 'my-handwriting', '--format', 'idx', '--out', 'nowhere'],
      ['evaluate', '--model', 'bundled', '--dataset', 'mnist'],
    ]) {
      const { code, stderr } = await scrawl(...args);
      assert.equal(code, 1, args.join(' '));
      assert.match(stderr.trim().split('\n').at(-1) ?? '', /^[^\n]+[:.]/, args.join(' '));
    }
    assert.equal((await scrawl('datasets', 'download')).code, 2);
    assert.equal((await scrawl('datasets', 'fly')).code, 2);
  });
});
