import assert from 'node:assert/strict';
import path from 'node:path';
import { changeSamples } from '../../../src/datasets/overlay';
import { Random } from '../../../src/base/random';
import type { ImageSamples, InkSamples } from '../../../src/datasets/samples';
import { BatchMaker, type BatchSource } from '../../../src/engine/training/batches/batchMaker';
import { batchesOf } from '../../../src/engine/training/batches/batchStream';
import { BatchThreads } from '../../../src/engine/training/batches/batchThreads';
import { classWeights, epochOrder } from '../../../src/engine/training/batches/epochOrder';
import { share, sharedInk } from '../../../src/engine/training/batches/sharedSamples';
import { InkError } from '../../../src/ink/errors';
import { rasterize } from '../../../src/ink/rasterize';
import { AUGMENTATIONS, NO_AUGMENTATION } from '../../../src/runs/runSettings';
import { temporaryFolder } from '../datasets/import/temporary';

const COUNT = 40;
const random = new Random(3);
const pictures: ImageSamples = {
  kind: 'images',
  height: 28,
  width: 28,
  pixels: Uint8Array.from({ length: COUNT * 784 }, () => random.integer(256)),
  labels: Uint16Array.from({ length: COUNT }, (_, index) => index % 5),
};
const drawings: InkSamples = {
  kind: 'ink',
  inks: Array.from({ length: COUNT }, (_, index) => [
    [
      [0, 0, 1, 0.5],
      [10 + index, 50],
    ],
    [[index, 7]],
  ]),
  penWidths: Array.from({ length: COUNT }, (_, index) => (index % 2 ? 3 : undefined)),
  labels: pictures.labels,
  writers: [],
};
const sourceOf = (samples: ImageSamples | InkSamples, more: Partial<BatchSource> = {}): BatchSource => ({
  samples: share(samples),
  side: 28,
  augmentation: AUGMENTATIONS.strong,
  seed: 9,
  ...more,
});
const order = Uint32Array.from({ length: COUNT }, (_, index) => (7 * index) % COUNT);

/** All batches of an epoch, as one array. */
async function epochWith(threads: BatchThreads, from = 0): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const { x } of batchesOf(threads, order, 16, { from, epoch: 2 })) batches.push([...x]);
  await threads.dispose();
  return batches;
}

describe('batches', () => {
  const folder = temporaryFolder();

  it('are the same from any number of threads, and from any batch on', async () => {
    for (const samples of [pictures, drawings]) {
      const source = sourceOf(samples);
      const here = await epochWith(new BatchThreads(source, { threads: 0 }));
      assert.deepEqual(
        here.map(({ length }) => length),
        [16, 16, 8].map((size) => size * 784),
      );
      for (const threads of [1, 3]) {
        const troubles: string[] = [];
        const onTrouble = (sentence: string) => troubles.push(sentence);
        assert.deepEqual(await epochWith(new BatchThreads(source, { threads, onTrouble })), here);
        assert.deepEqual(troubles, []);
      }
      assert.deepEqual(await epochWith(new BatchThreads(source, { threads: 1 }), 2), here.slice(2));
    }
  });

  it('are the same from pictures that stay on the disk, whichever are excluded', async () => {
    const classes = [...'abcde'];
    const manifest = {
      name: 'Stored',
      kind: 'images',
      source: '',
      height: 28,
      width: 28,
      classes,
      covers: classes,
    } as const;
    const whole = async function* () {
      yield await Promise.resolve(pictures);
    };
    await folder.store.write('stored', { ...manifest, classes, covers: classes, officialSplits: [] }, [
      { split: 'all', batches: whole() },
    ]);
    const locate = async () => {
      const split = await (await folder.store.open('stored')).locate?.('all');
      assert.ok(split);
      return sourceOf(pictures, { samples: { kind: 'stored', split } });
    };
    const expected = await epochWith(new BatchThreads(sourceOf(pictures), { threads: 0 }));
    for (const threads of [0, 2]) {
      assert.deepEqual(await epochWith(new BatchThreads(await locate(), { threads })), expected);
    }
    const gone = COUNT - 1;
    await changeSamples(folder.store.folder('stored'), {
      split: 'all',
      indices: [gone],
      change: { exclude: true },
    });
    const { samples } = await locate();
    assert.equal(samples.kind === 'stored' && samples.split.labels.length, COUNT - 1);
  });

  it('are made here where threads cannot start or end, and that is said once', async () => {
    const source = sourceOf(pictures);
    const expected = await epochWith(new BatchThreads(source, { threads: 0 }));
    const dies = await folder.file(
      'dies.js',
      "require('node:worker_threads').parentPort.once('message', () => process.exit(3));",
    );
    for (const script of [path.join(folder.path, 'missing.js'), dies]) {
      const troubles: string[] = [];
      const onTrouble = (sentence: string) => troubles.push(sentence);
      assert.deepEqual(
        await epochWith(new BatchThreads(source, { threads: 2, script, onTrouble })),
        expected,
      );
      assert.equal(troubles.length, 1, troubles.join());
      assert.match(troubles[0] ?? '', /on the thread that computes/);
    }
  });

  it('fail with the error of the sample that cannot be drawn', async () => {
    const source = sourceOf({ ...drawings, inks: drawings.inks.map(() => []) });
    for (const threads of [0, 1]) {
      await assert.rejects(epochWith(new BatchThreads(source, { threads })), InkError);
    }
  });

  it('hold samples as they are where nothing is to be varied', () => {
    const indices = Uint32Array.of(3, 1);
    const plain = sourceOf(pictures, { augmentation: NO_AUGMENTATION });
    const made = new BatchMaker(plain).make({ indices, variation: { epoch: 1, batch: 1 } });
    const expected = [3, 1].flatMap((index) => [...pictures.pixels.subarray(index * 784, (index + 1) * 784)]);
    assert.deepEqual(
      made,
      Float32Array.from(expected, (gray) => Math.fround(gray / 255)),
    );
    assert.deepEqual(new BatchMaker(sourceOf(pictures)).make({ indices }), made);
    const ink = new BatchMaker(sourceOf(drawings, { side: 20 })).make({ indices: Uint32Array.of(1) });
    const drawn = rasterize(drawings.inks[1] ?? [], { penWidth: 3, side: 20 });
    assert.deepEqual(
      ink,
      Float32Array.from(drawn, (gray) => Math.fround(gray / 255)),
    );
  });

  it('take samples of another size than the network, centered on what they show', () => {
    const dot = {
      ...pictures,
      pixels: pictures.pixels.map((_, at) => (at % 784 === 14 * 28 + 14 ? 255 : 0)),
    };
    const source = sourceOf(dot, { side: 56, augmentation: NO_AUGMENTATION });
    const large = new BatchMaker(source).make({ indices: Uint32Array.of(0) });
    assert.equal(large.length, 56 * 56);
    const ink = large.reduce((sum, value) => sum + value, 0);
    assert.ok(Math.abs(ink - 4) < 0.05, String(ink));
    const bright = [...large.keys()].filter((at) => (large[at] ?? 0) > 0.4);
    assert.deepEqual(
      bright.map((at) => [Math.floor(at / 56), at % 56]),
      [
        [28, 28],
        [28, 29],
        [29, 28],
        [29, 29],
      ],
    );
  });

  it('vary as much as they are told: each part by itself, and wider pens for ink alone', () => {
    const indices = Uint32Array.from({ length: COUNT }, (_, index) => index);
    const plain = (samples: ImageSamples | InkSamples) => new BatchMaker(sourceOf(samples)).make({ indices });
    const varied = (samples: ImageSamples | InkSamples, part: string) => {
      const augmentation = { ...NO_AUGMENTATION, [part]: AUGMENTATIONS.strong[part as 'shift'] };
      const variation = { epoch: 0, batch: 0 };
      return new BatchMaker(sourceOf(samples, { augmentation })).make({ indices, variation });
    };
    for (const part of Object.keys(NO_AUGMENTATION)) {
      assert.notDeepEqual(varied(drawings, part), plain(drawings), part);
      if (part !== 'strokeWidth') assert.notDeepEqual(varied(pictures, part), plain(pictures), part);
    }
    assert.deepEqual(varied(pictures, 'strokeWidth'), plain(pictures));
  });

  it('lose a rectangle to erasing, as often as they are told', () => {
    const white = { ...pictures, pixels: pictures.pixels.map(() => 255) };
    const source = sourceOf(white, { augmentation: { ...NO_AUGMENTATION, erase: 0.5 } });
    const indices = Uint32Array.from({ length: COUNT }, (_, index) => index);
    const made = new BatchMaker(source).make({ indices, variation: { epoch: 0, batch: 0 } });
    const black = Array.from(indices, (index) => {
      const picture = made.subarray(index * 784, (index + 1) * 784);
      return picture.filter((gray) => gray === 0).length;
    });
    const erased = black.filter((count) => count > 0);
    assert.ok(erased.length > 0.25 * COUNT && erased.length < 0.75 * COUNT, String(erased.length));
    for (const count of erased) assert.ok(count >= 8 && count <= 0.22 * 784, String(count));
  });

  it('hold ink that is shared without times and pressures', () => {
    const shared = share(drawings);
    assert.ok(shared.kind === 'ink' && shared.points.buffer instanceof SharedArrayBuffer);
    assert.deepEqual(sharedInk(shared, 4), [
      [
        [0, 0],
        [14, 50],
      ],
      [[4, 7]],
    ]);
  });
});

describe('the order of an epoch', () => {
  const chosen = Uint32Array.from({ length: 30 }, (_, index) => index + 5);
  // classes 0, 1 and 2 with 20, 8 and 2 of the chosen samples
  const labels = Uint16Array.from({ length: 40 }, (_, index) => (index < 25 ? 0 : index < 33 ? 1 : 2));

  it('has each sample once, another order each epoch, the same for the same seed', () => {
    const first = epochOrder(chosen, labels, 'none', 1, 0);
    assert.deepEqual(first.slice().sort(), chosen);
    assert.deepEqual(epochOrder(chosen, labels, 'none', 1, 0), first);
    assert.notDeepEqual(epochOrder(chosen, labels, 'none', 1, 1), first);
    assert.notDeepEqual(epochOrder(chosen, labels, 'none', 2, 0), first);
  });

  it('has samples of rare classes several times where sampling balances them', () => {
    const counts = [0, 0, 0];
    for (let epoch = 0; epoch < 100; epoch++) {
      const drawn = epochOrder(chosen, labels, 'sampling', 1, epoch);
      assert.equal(drawn.length, chosen.length);
      for (const index of drawn) counts[labels[index] ?? 0] = (counts[labels[index] ?? 0] ?? 0) + 1;
    }
    for (const count of counts) assert.ok(count > 900 && count < 1100, counts.join());
  });

  it('balances by weights: each class counts alike, a sample 1 in the mean', () => {
    const weights = classWeights(chosen, labels, 4);
    assert.deepEqual(
      [...weights].map((weight) => Number(weight.toFixed(4))),
      [0.5, 1.25, 5, 0],
    );
  });
});
