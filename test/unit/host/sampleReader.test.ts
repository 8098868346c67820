import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { changeSamples } from '../../../src/datasets/overlay';
import type { Samples } from '../../../src/datasets/samples';
import { DatasetStore } from '../../../src/datasets/store/datasetStore';
import { openSplits } from '../../../src/host/samples/sampleReader';
import type { Ink } from '../../../src/ink/ink';

const CLASSES = ['A', 'B'];

describe('the samples of a stored dataset', () => {
  let home: string;
  let store: DatasetStore;

  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    store = new DatasetStore(home);
  });

  afterEach(() => rm(home, { recursive: true, force: true }));

  const write = (samples: Samples, side: number) =>
    store.write(
      'mine',
      {
        name: 'Mine',
        kind: samples.kind,
        source: 'here',
        height: side,
        width: side,
        classes: CLASSES,
        covers: CLASSES,
        officialSplits: [],
      },
      [{ split: 'all', batches: once(samples) }],
    );

  it('are read where they lie, near or far from each other', async () => {
    const count = 90_000;
    const pixels = Uint8Array.from({ length: 4 * count }, (_, at) => Math.floor(at / 4) % 251);
    const labels = Uint16Array.from({ length: count }, (_, at) => at % 2);
    const manifest = await write({ kind: 'images', height: 2, width: 2, pixels, labels }, 2);
    const [all] = await openSplits(store, manifest);
    assert.ok(all);
    const wanted = [0, 1, 3, 40_000, 89_998, 89_999];
    const read = await all.pictures(wanted);
    assert.deepEqual(
      [...read],
      wanted.flatMap((index) => Array<number>(4).fill(index % 251)),
    );
    assert.equal(all.labels[89_999], 1);
    await all.close();
  });

  it('are damaged where their file is shorter than it was, before it is opened and after', async () => {
    const pixels = new Uint8Array(4 * 10).fill(9);
    const labels = new Uint16Array(10);
    const manifest = await write({ kind: 'images', height: 2, width: 2, pixels, labels }, 2);
    const [all] = await openSplits(store, manifest);
    await truncate(path.join(store.folder('mine'), 'cache', 'all.samples'), 4 * 9);
    assert.deepEqual(await all?.pictures([8]), new Uint8Array(4).fill(9));
    await assert.rejects(async () => all?.pictures([8, 9]), /damaged on the disk/);
    await all?.close();
    await assert.rejects(openSplits(store, manifest), /damaged on the disk/);
  });

  it('are all there whatever an overlay leaves out, ink too', async () => {
    const inks: Ink[] = [0, 1, 2].map((at) => [
      [
        [0, 0],
        [10, 10 * at],
      ],
    ]);
    const nothing = [undefined, undefined, undefined];
    const labels = Uint16Array.from([0, 1, 0]);
    const manifest = await write({ kind: 'ink', inks, penWidths: nothing, writers: nothing, labels }, 28);
    await changeSamples(store.folder('mine'), { split: 'all', indices: [0], change: { exclude: true } });
    const [all] = await openSplits(store, manifest);
    assert.deepEqual([...(all?.labels ?? [])], [0, 1, 0]);
    const sample = await all?.sample(2);
    assert.deepEqual(sample?.kind === 'ink' && sample.ink, inks[2]);
    assert.equal((await all?.pictures([0, 2]))?.length, 2 * 784);
  });
});

async function* once<T>(item: T) {
  yield await Promise.resolve(item);
}
