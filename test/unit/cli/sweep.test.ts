import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readCard } from '../../../src/models/modelFolder';
import { CLI, linesOf, scrawl } from './scrawl';

const FIXTURE = path.resolve('test', 'fixtures', 'emnist');
const SEARCH = [
  ...['sweep', '--dataset', `${FIXTURE}#balanced`, '--network', 'dense-50-50', '--backend', 'wasm'],
  ...['--epochs', '4', '--batch-size', '32', '--vary', 'learning-rate=0.0001..0.01', '--trials', '4'],
  ...['--reduction', '2', '--json'],
];

describe('a sweep from the command line', function () {
  this.timeout(120_000);
  let home: string;
  before(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
  });
  after(() => rm(home, { recursive: true }));

  /** Ends the search as soon as it says its first score. */
  const interrupted = (...args: string[]) =>
    new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      const child = spawn(process.execPath, [CLI, ...args]);
      const heard = { stdout: '', stderr: '' };
      child.stdout.on('data', (data: Buffer) => {
        // a second Ctrl+C would not wait for the checkpoint
        if (heard.stdout === '') child.kill('SIGINT');
        heard.stdout += data.toString();
      });
      child.stderr.on('data', (data: Buffer) => (heard.stderr += data.toString()));
      child.on('close', (code) => resolve({ code, ...heard }));
    });

  it('trains on what promises most, keeps the best model, and goes on where it was interrupted', async () => {
    const table = path.join(home, 'trials.csv');
    const whole = await scrawl('--home', home, ...SEARCH, '--name', 'whole', '--csv', table);
    assert.equal(whole.code, 0, whole.stderr);
    const scores = linesOf(whole.stdout);
    const ends = scores.filter(({ epochs }) => epochs === 4);
    assert.ok(ends.length >= 1 && ends.length < 4, whole.stdout);
    assert.equal(scores.filter(({ epochs }) => epochs === 1).length, 4);
    const best = Math.max(...ends.map(({ accuracy }) => Number(accuracy)));
    const { training, name } = await readCard(path.join(home, 'models', 'whole'));
    assert.equal(name, 'whole');
    const reached = Math.max(...training.history.map(({ validationAccuracy = 0 }) => validationAccuracy));
    assert.equal(reached, best);
    assert.deepEqual(await readdir(path.join(home, 'models')), ['whole']);
    const rows = (await readFile(table, 'utf8')).trim().split('\r\n');
    assert.equal(rows[0], 'trial,learningRate,state,epochs,validation accuracy');
    assert.equal(rows.length, 5);

    const first = await interrupted('--home', home, ...SEARCH, '--name', 'halted');
    assert.equal(first.code, 1);
    assert.match(first.stderr, /Stopped: sweep --resume halted goes on from here\./);
    const rest = await scrawl('--home', home, 'sweep', '--resume', 'halted', '--json');
    assert.equal(rest.code, 0, rest.stderr);
    assert.deepEqual([...linesOf(first.stdout), ...linesOf(rest.stdout)], scores);
  });

  it('says what cannot be searched, and leaves nothing behind', async () => {
    const usual = ['--dataset', `${FIXTURE}#balanced`, '--network', 'dense-50-50'];
    for (const [args, reason, code] of [
      [['--vary', 'learning-rate=0.1..0.01'], /smaller number first/, 2],
      [[], /Give --vary/, 2],
      [['--vary', 'seed=1,2', '--validation-split', '0'], /validation share above 0/, 1],
      [['--vary', 'layers.99.units=1,2', '--method', 'grid'], /no layer 99/, 1],
      [['--vary', 'batch-size=32,64', '--csv', home], /is a folder, not a file: choose a file\./, 1],
      [
        ['--vary', 'batch-size=32,64', '--csv', path.join(home, 'no', 'x.csv')],
        /There is nothing at .*no/,
        1,
      ],
    ] as const) {
      const result = await scrawl('--home', home, 'sweep', ...usual, ...args);
      assert.equal(result.code, code, result.stderr);
      assert.match(result.stderr, reason);
    }
    assert.deepEqual((await readdir(path.join(home, 'sweeps'))).sort(), ['halted', 'whole']);
  });
});
