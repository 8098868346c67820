import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { sharedFile } from '../shared';

const CLI = path.resolve('dist', 'cli.js');
const FIXTURE = `${path.resolve('test', 'fixtures', 'emnist')}#balanced`;

describe('evaluate on the command line', function () {
  this.timeout(120_000);
  let home: string;
  before(async () => {
    home = await makeScratchFolder();
  });
  after(() => removeScratchFolder(home));

  function evaluate(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const all = [CLI, '--home', home, 'evaluate', '--model', 'bundled', '--dataset', FIXTURE, ...args];
    return new Promise((resolve) => {
      execFile(process.execPath, all, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  }
  const json = async (...args: string[]) => {
    const { code, stdout, stderr } = await evaluate(...args, '--json');
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as Record<string, unknown> & { accuracy: number; classes: string[] };
  };

  it('gives all figures as one object, and computes only once', async () => {
    const first = await evaluate('--json');
    assert.match(first.stderr, /^(?:\d0% {2}\d+ samples a second\n)*100% {2}\d+ samples a second\n$/);
    const figures = JSON.parse(first.stdout) as Record<string, unknown>;
    for (const name of ['accuracy', 'top3', 'loss', 'macroF1', 'calibrationError', 'samplesPerSecond']) {
      assert.equal(typeof figures[name], 'number', name);
    }
    for (const name of ['interval', 'weighted', 'calibration', 'perClass', 'classes', 'confusion']) {
      assert.equal(typeof figures[name], 'object', name);
    }
    const again = await evaluate('--json');
    assert.deepEqual([again.stdout, again.stderr], [first.stdout, '']);
    const [named, namedAgain] = [await evaluate('--backend', 'wasm'), await evaluate('--backend', 'wasm')];
    assert.match(named.stderr, /100% /, 'what another backend took is no answer');
    assert.equal(namedAgain.stderr, '');
  });

  it('takes case, and 0 and O, as one', async () => {
    const apart = await json('--alphabet', 'alphanumeric');
    const merged = await json('--alphabet', 'alphanumeric', '--merge-case');
    assert.ok(merged.accuracy >= apart.accuracy);
    assert.ok(merged.classes.length < apart.classes.length);
    assert.ok(merged.classes.some((name) => [...name].sort().join('') === '0O'));
  });

  it('writes a report and the confusion matrix', async () => {
    const report = path.join(home, 'report.html');
    const table = path.join(home, 'confusion.csv');
    const { code, stderr } = await evaluate('--report', report, '--confusion', table, '--compare', 'bundled');
    assert.equal(code, 0, stderr);
    assert.match(await readFile(report, 'utf8'), /^<!doctype html>[^]*McNemar[^]*<\/html>\s*$/);
    assert.match(await readFile(table, 'utf8'), /^truth,0,1,2,/);
  });

  it('says how each writer is read, where writers are known', async () => {
    const ink = path.join(home, 'hands.jsonl');
    const line = (y: number) => [0, 10, 20, 30].map((x) => [x, y + x / 50]);
    const samples = [
      { label: '-', writer: 'Ann', strokes: [line(0)] },
      { label: '-', writer: 'Ann', strokes: [line(5)] },
      { label: 'W', writer: 'Bob', strokes: [line(0)] },
      { label: '-', strokes: [line(0)] },
    ];
    await writeFile(ink, samples.map((sample) => JSON.stringify(sample)).join('\n'));
    const table = path.join(home, 'writers.csv');
    const { code, stdout, stderr } = await evaluate('--dataset', ink, '--writers', table);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /writer Bob: accuracy 0\.0% \(.*\) of 1 sample\nwriter Ann: .* of 2 samples\n/);
    assert.match(await readFile(table, 'utf8'), /^writer,samples,accuracy,low,high\r\nBob,1,0,0,0\.79/);
    const { writers } = await json('--dataset', ink);
    assert.deepEqual(
      (writers as { writer: string; samples: number; accuracy: number }[]).map((each) => [
        ...[each.writer, each.samples, each.accuracy],
      ]),
      [
        ['Bob', 1, 0],
        ['Ann', 2, 1],
      ],
    );
  });

  it('compares two models on the same samples', async () => {
    const { comparison } = await json('--compare', 'bundled');
    const { onlyFirst, onlySecond, test } = comparison as Record<string, unknown> & { test: { p: number } };
    assert.deepEqual([onlyFirst, onlySecond, test.p], [0, 0, 1]);
  });

  it('refuses a table of a kind that it does not write', async () => {
    const { code, stdout } = await evaluate('--confusion', path.join(home, 'confusion.xlsx'));
    assert.deepEqual([code, stdout], [2, '']);
  });

  it('ends when it is interrupted, with a sentence and nothing written', async function () {
    const archive = sharedFile(this, 'emnist', 'gzip.zip');
    const own = path.join(home, 'interrupted');
    const args = ['--home', own, 'evaluate', '--model', 'bundled', '--dataset', `${archive}#byclass`];
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      if (said === '') child.kill('SIGINT');
      said += text.toString();
    });
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 1);
    assert.match(said, /\nStopped: nothing is written\.\n$/);
    assert.deepEqual(await readdir(path.join(own, 'evaluations')).catch(() => []), []);
  });
});
