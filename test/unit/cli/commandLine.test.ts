import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { cardSchema } from '../../../src/models/card';
import { readEvents } from '../engine/runs/events';

const CLI = path.resolve('dist', 'cli.js');
const FIXTURE = path.resolve('test', 'fixtures', 'emnist');

interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

function scrawl(...args: string[]): Promise<Result> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the command line', function () {
  this.timeout(120_000);
  let home: string;
  before(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
  });
  after(() => rm(home, { recursive: true }));

  it('backends: names the one that is taken', async () => {
    const { code, stdout } = await scrawl('--home', home, 'backends', '--json');
    assert.equal(code, 0);
    const fastest = linesOf(stdout).filter(({ available, software }) => available && !software);
    fastest.sort((a, b) => Number(b['samplesPerSecond']) - Number(a['samplesPerSecond']));
    assert.ok(['kernels', 'wasm'].every((each) => fastest.some(({ name }) => name === each)));
    assert.deepEqual(
      fastest.map(({ chosen }) => chosen),
      fastest.map((_, rank) => rank === 0),
    );
  });

  it('backends: where threads cannot start it says so and computes on one', async () => {
    const { stdout } = await new Promise<Result>((resolve) => {
      const env = { ...process.env, SCRAWL_THREADS: '4' };
      // no worker can be made with less than any stack
      const args = [
        '--require',
        path.resolve('test', 'fixtures', 'noWorkers.cjs'),
        CLI,
        '--home',
        home,
        'backends',
        '--json',
      ];
      execFile(process.execPath, args, { env }, (error, out, err) => {
        resolve({ code: error ? 1 : 0, stdout: out, stderr: err });
      });
    });
    const wasm = linesOf(stdout).find(({ name }) => name === 'wasm');
    assert.equal(wasm?.['threads'], 1);
    assert.match(String(wasm['note']), /more threads could not start/);
  });

  it('train --test-rates: gives the loss of each learning rate and a suggestion, and keeps nothing', async () => {
    const own = await mkdtemp(path.join(home, 'rates-'));
    const args = ['--home', own, 'train', '--dataset', `${FIXTURE}#balanced`, '--network', 'scrawl-small'];
    const flags = ['--test-rates', '--batch-size', '16', '--backend', 'wasm', '--seed', '3'];
    const { code, stdout, stderr } = await scrawl(...args, ...flags, '--json');
    assert.equal(code, 0, stderr);
    const [{ points, suggestion } = {}] = linesOf(stdout);
    const rates = (points as { rate: number }[]).map(({ rate }) => rate);
    assert.ok(rates.length > 50);
    for (const [at, rate] of rates.entries()) assert.ok(rate > (rates[at - 1] ?? 0));
    assert.ok(Number(suggestion) > 1e-5 && Number(suggestion) < 1, String(suggestion));
    const kept = await readdir(own, { recursive: true });
    assert.deepEqual(
      kept.filter((name) => /^(runs|models)\b/.test(name)),
      [],
    );
  });

  it('train: an epoch a line, a run to resume, a model with its card; evaluate and recognize use it', async () => {
    const trained = await scrawl(
      ...['--home', home, 'train', '--dataset', `${FIXTURE}#balanced`, '--network', 'scrawl-small'],
      ...['--epochs', '2', '--batch-size', '32', '--learning-rate', '0.003', '--json', '--name', 'mine'],
      ...['--log-dir', path.join(home, 'logs')],
    );
    assert.equal(trained.code, 0, trained.stderr);
    assert.deepEqual(
      linesOf(trained.stdout).map(({ epoch }) => epoch),
      [1, 2],
    );
    const [events = ''] = await readdir(path.join(home, 'logs', 'mine'));
    const drawn = (await readEvents(path.join(home, 'logs', 'mine', events))).flatMap(({ values }) => values);
    const learned = linesOf(trained.stdout).map(({ loss }) => Math.fround(Number(loss)));
    assert.deepEqual(
      drawn.flatMap(([tag, value]) => (tag === 'loss/training' ? value : [])),
      learned,
    );
    const card = cardSchema.parse(
      JSON.parse(await readFile(path.join(home, 'models', 'mine', 'card.json'), 'utf8')),
    );
    assert.equal(card.classes.length, 47);
    assert.equal(card.data[0]?.samples, 179);

    const evaluated = await scrawl(
      '--home',
      home,
      'evaluate',
      '--model',
      'mine',
      '--dataset',
      FIXTURE,
      '--json',
    );
    const [scores] = linesOf(evaluated.stdout);
    assert.equal(evaluated.code, 0, evaluated.stderr);
    const confusion = scores?.['confusion'] as number[][];
    assert.equal(
      confusion.flat().reduce((sum, count) => sum + count, 0),
      86,
    );
    const right = confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
    assert.equal(scores?.['accuracy'], right / 86);
    for (const name of ['top3', 'loss', 'macroF1']) assert.equal(typeof scores[name], 'number');

    const ink = path.join(home, 'ink.jsonl');
    await writeFile(
      ink,
      '{"id":"one","strokes":[[[5,0],[5,90]]]}\n{"strokes":[[[0,0,1,0.5],[9,9,2,0.5]]]}\n',
    );
    const read = await scrawl(
      ...[
        '--home',
        home,
        'recognize',
        '--model',
        'mine',
        '--ink',
        ink,
        '--alphabet',
        'digits',
        '--top',
        '3',
        '--json',
      ],
    );
    const answers = linesOf(read.stdout) as {
      id: string;
      candidates: { text: string; probability: number }[];
    }[];
    assert.deepEqual(
      answers.map(({ id }) => id),
      ['one', '2'],
    );
    for (const { candidates } of answers) {
      assert.equal(candidates.length, 3);
      assert.ok(candidates.every(({ text }) => /^\d$/.test(text)));
    }

    const [run] = await readdir(path.join(home, 'runs'));
    const resumed = await scrawl('--home', home, 'train', '--resume', run ?? '', '--json');
    assert.deepEqual([resumed.code, resumed.stdout], [0, '']);
  });

  it('recognize: a picture of several characters, as its text and where each character stands', async () => {
    const file = path.join(home, 'page.png');
    const bar = (x: number, y: number) => `<path d="M${x} ${y}v40" stroke="#333" stroke-width="5"/>`;
    const bars = [40, 65, 160].flatMap((x) => [bar(x, 40), bar(x, 130)]).join('');
    const page = `<svg width="240" height="220"><rect width="240" height="220" fill="#eee"/>${bars}</svg>`;
    await sharp(Buffer.from(page)).png().toFile(file);
    const args = ['recognize', '--model', 'bundled', '--image', file, '--mode', 'page', '--alphabet', '1'];
    const { stdout, code } = await scrawl(...args);
    assert.deepEqual([code, stdout], [0, '11 1\n11 1\n']);
    const [answer] = linesOf((await scrawl(...args, '--json')).stdout);
    assert.equal(answer?.['text'], '11 1\n11 1');
    const characters = answer['characters'] as {
      line: number;
      box: { left: number; top: number };
      space: boolean;
    }[];
    assert.deepEqual(
      characters.map(({ line, space }) => [line, space]),
      [0, 1].flatMap((line) => [
        [line, false],
        [line, false],
        [line, true],
      ]),
    );
    assert.ok(characters.every(({ box }, at) => Math.abs(box.left - ([38, 63, 158][at % 3] ?? 0)) <= 2));
    assert.equal((await scrawl(...args, '--mode', 'line')).stdout, '11 1 11 1\n');
    const wrong = await scrawl('recognize', '--model', 'bundled', '--ink', file, '--mode', 'page');
    assert.equal(wrong.code, 2);
  });

  it('ends with 1 and one line that says what to do', async () => {
    const results = path.join(home, 'results');
    await mkdir(path.join(results, 'thesis'), { recursive: true });
    const failures = [
      ['evaluate', '--model', 'none', '--dataset', FIXTURE],
      ['evaluate', '--model', 'bundled', '--dataset', path.join(home, 'nowhere')],
      ['evaluate', '--model', 'bundled', '--dataset', FIXTURE, '--alphabet', '☃'],
      ['recognize', '--model', 'bundled', '--image', path.join(home, 'no.png')],
      ['train', '--dataset', FIXTURE, '--network', 'no-such-network'],
      ['train', '--resume', 'no-such-run'],
      ['train', '--dataset', FIXTURE, '--out', results],
      ['train', '--dataset', FIXTURE, '--name', 'x'.repeat(101)],
      ['train', '--dataset', FIXTURE, '--name', 'a\ttab', '--members', '2'],
    ];
    const runs = () => readdir(path.join(home, 'runs')).catch(() => []);
    const before = await runs();
    for (const args of failures) {
      const { code, stdout, stderr } = await scrawl('--home', home, ...args);
      assert.equal(code, 1, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, /^[^\n]+: [^\n]+\.\n$/, args.join(' '));
    }
    assert.deepEqual(await runs(), before);
  });

  it('says in one line what the file system refuses', async () => {
    const taken = path.join(home, 'taken');
    await writeFile(taken, '');
    const long = path.join(home, 'x'.repeat(300));
    const refused = [
      ['backends'],
      ['models', 'ensemble', 'bundled', 'bundled', '--name', 'Both'],
      ['datasets', 'import', FIXTURE, '--name', 'Ours'],
      ['train', '--dataset', FIXTURE, '--network', 'lenet-5'],
      ['models', 'export', 'bundled', '--format', 'tfjs', '--out', long],
      ['models', 'export', 'bundled', '--format', 'tfjs', '--out', path.join(taken, 'x')],
    ];
    const results = await Promise.all(refused.map((args) => scrawl('--home', taken, ...args)));
    results.forEach(({ code, stderr }, at) => {
      assert.equal(code, 1, refused[at]?.join(' '));
      assert.match(stderr, /^[^\n]+: [^\n]+\.\n$/, refused[at]?.join(' '));
    });
  });

  it('ends with 2 on wrong usage', async () => {
    for (const args of [
      ['fly'],
      ['evaluate'],
      ['train'],
      ['train', '--epochs', 'many'],
      ['recognize', '--model', 'bundled'],
    ]) {
      const { code, stderr } = await scrawl('--home', home, ...args);
      assert.equal(code, 2, args.join(' '));
      assert.notEqual(stderr, '');
    }
  });
});
