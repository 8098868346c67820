import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Ink } from '../../../src/ink/ink';
import { linesOf, scrawl } from './scrawl';

const arc = (from: number, to: number, radius: number): [number, number][] =>
  Array.from({ length: 20 }, (_, index) => {
    const angle = (Math.PI * (from + ((to - from) * index) / 19)) / 180;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });

const INKS: Record<string, Ink> = {
  arrow: [
    [
      [0, 0],
      [100, 0],
    ],
    [
      [80, -15],
      [100, 0],
      [80, 15],
    ],
  ],
  'for all': [
    [
      [0, 0],
      [40, 100],
      [80, 0],
    ],
    [
      [18, 45],
      [62, 45],
    ],
  ],
  sum: [
    [
      [70, 5],
      [0, 0],
      [40, 48],
      [0, 100],
      [75, 96],
    ],
  ],
  plus: [
    arc(0, 360, 50),
    [
      [-50, 0],
      [50, 0],
    ],
    [
      [0, -50],
      [0, 50],
    ],
  ],
};

describe('recognizing symbols on the command line', function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    file = path.join(folder, 'symbols.jsonl');
    const lines = Object.entries(INKS).map(([id, strokes]) => JSON.stringify({ id, strokes }));
    await writeFile(file, lines.join('\n'));
  });
  after(() => rm(folder, { recursive: true }));

  it('gives each its text in Unicode and all LaTeX commands that look so', async () => {
    const { code, stdout, stderr } = await scrawl('recognize', '--ink', file, '--mode', 'symbol', '--json');
    assert.equal(code, 0, stderr);
    const first = linesOf(stdout).map(
      ({ candidates }) => (candidates as { text: string; commands: string[]; probability: number }[])[0],
    );
    assert.deepEqual(
      first.map((each) => each?.text),
      ['→', '∀', '∑', '⊕'],
    );
    assert.ok(first[2]?.commands.includes('\\Sigma'));
  });

  it('says that a picture holds none', async () => {
    const picture = await scrawl('recognize', '--image', file, '--mode', 'symbol');
    assert.equal(picture.code, 2);
  });

  it('says what else a model reads', async () => {
    const { code, stderr } = await scrawl('evaluate', '--model', 'symbols', '--dataset', file);
    assert.deepEqual([code, stderr], [1, '"Symbols" reads symbols: choose a model of characters.\n']);
  });
});
