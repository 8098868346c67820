import assert from 'node:assert/strict';
import { truncate } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { changeSamples } from '../../../src/datasets/overlay';
import { readSplit } from '../../../src/datasets/readableSplit';
import { PictureReader } from '../../../src/datasets/store/pictureReader';
import type { ImageSamples, InkSamples, Samples } from '../../../src/datasets/samples';
import type { Split } from '../../../src/base/split';
import type { StoredSplit } from '../../../src/datasets/store/storedSplit';
import { refused, temporaryFolder } from './import/temporary';

const CLASSES = ['a', 'b'];
const SIZE = { height: 1, width: 2 };

describe('a stored split', () => {
  const folder = temporaryFolder();

  /** Pictures whose pixels are the number that the sample has among all. */
  async function* pictures(first: number, count: number): AsyncGenerator<ImageSamples> {
    const labels = Uint16Array.from({ length: count }, (_, i) => (first + i) % 2);
    const pixels = Uint8Array.from({ length: 2 * count }, (_, i) => first + (i >> 1));
    yield await Promise.resolve({ kind: 'images', ...SIZE, labels, pixels });
  }

  async function stored() {
    const about = { name: 'Numbers', kind: 'images' as const, source: 'here', ...SIZE };
    await folder.store.write(
      'numbers',
      { ...about, classes: CLASSES, covers: CLASSES, officialSplits: ['train', 'test'] },
      [
        { split: 'train', batches: pictures(0, 10) },
        { split: 'test', batches: pictures(10, 5) },
      ],
    );
    return folder.store.open('numbers');
  }

  async function locate(split: Split): Promise<StoredSplit> {
    const located = await (await stored()).locate?.(split);
    assert.ok(located);
    return located;
  }

  const change = (split: Split, indices: number[], what: { label: string } | { exclude: true }) =>
    changeSamples(folder.store.folder('numbers'), { split, indices, change: what });

  it('gives pictures by their places, in any order and across the files of all', async () => {
    const all = await locate('all');
    const reader = new PictureReader(all);
    assert.deepEqual([...reader.read([14, 0, 1, 9, 10, 3])], [14, 14, 0, 0, 1, 1, 9, 9, 10, 10, 3, 3]);
    const into = new Uint8Array(new SharedArrayBuffer(4));
    assert.deepEqual([...reader.read([7, 7], into)], [7, 7, 7, 7]);
    reader.close();
    assert.equal(all.labels.length, 15);
  });

  it('leaves out what is excluded, and has the new classes, however it is read', async () => {
    const dataset = await stored();
    await change('train', [0, 4, 5], { exclude: true });
    await change('test', [1], { label: 'a' });
    const left = [1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14];
    const labels = left.map((number) => (number === 11 ? 0 : number % 2));
    const split = await dataset.locate?.('all');
    assert.ok(split);
    const reader = new PictureReader(split);
    const numbers = (pixels: Uint8Array) => [...pixels].filter((_, at) => at % 2 === 0);
    assert.deepEqual(numbers(reader.read(left.map((_, index) => index))), left);
    reader.close();
    const whole = (await dataset.load('all')) as ImageSamples;
    assert.deepEqual([numbers(whole.pixels), [...whole.labels]], [left, labels]);
    assert.ok(
      whole.pixels.buffer instanceof SharedArrayBuffer && whole.labels.buffer instanceof SharedArrayBuffer,
    );
    const streamed: number[][] = [];
    for await (const batch of (await readSplit(dataset, 'all')).batches(5)) {
      streamed.push(numbers((batch as ImageSamples).pixels));
    }
    assert.deepEqual(streamed, [left.slice(0, 5), left.slice(5, 10), left.slice(10)]);
  });

  it('shares its labels with a worker thread that it is sent to', async () => {
    const split = await locate('train');
    const program = `
      const { parentPort, workerData: { labels, parts } } = require('node:worker_threads');
      labels[3] = 9;
      parentPort.postMessage(parts[0].count);
    `;
    const worker = new Worker(program, { eval: true, workerData: split });
    const count = await new Promise((resolve, reject) =>
      worker.once('message', resolve).once('error', reject),
    );
    assert.deepEqual([count, split.labels[3]], [10, 9]);
  });

  it('that is cut short on the disk is one sentence', async () => {
    const split = await locate('train');
    const reader = new PictureReader(split);
    await truncate(path.join(folder.store.folder('numbers'), 'cache', 'train.samples'), 6);
    await refused(
      Promise.resolve().then(() => reader.read([0, 9])),
      /Numbers is damaged on the disk/,
    );
    reader.close();
    const dataset = await folder.store.open('numbers').catch((error: unknown) => error);
    assert.match(String(dataset), /damaged/);
  });

  it('of ink comes in batches with what was changed', async () => {
    const inks = [0, 1, 2, 3, 4].map((x) => [[[x, x] as const]]);
    const samples: InkSamples = {
      kind: 'ink',
      inks,
      writers: ['v', 'w', 'x', 'y', 'z'],
      penWidths: inks.map(() => undefined),
      labels: Uint16Array.of(0, 1, 0, 1, 0),
    };
    const about = {
      name: 'Ink',
      kind: 'ink' as const,
      source: 'here',
      height: 28,
      width: 28,
      officialSplits: [],
    };
    async function* once(): AsyncGenerator<Samples> {
      yield await Promise.resolve(samples);
    }
    await folder.store.write('ink', { ...about, classes: CLASSES, covers: CLASSES }, [
      { split: 'all', batches: once() },
    ]);
    await changeSamples(folder.store.folder('ink'), {
      split: 'all',
      indices: [1, 4],
      change: { exclude: true },
    });
    const dataset = await folder.store.open('ink');
    const read: [string[], number[]][] = [];
    for await (const batch of (await readSplit(dataset, 'all')).batches(2)) {
      read.push([(batch as InkSamples).writers.map(String), [...batch.labels]]);
    }
    assert.deepEqual(read, [
      [
        ['v', 'x'],
        [0, 0],
      ],
      [['y'], [1]],
    ]);
    assert.deepEqual(((await dataset.load('all')) as InkSamples).inks, [inks[0], inks[2], inks[3]]);
  });
});
