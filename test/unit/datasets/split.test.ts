import assert from 'node:assert/strict';
import { groupBy } from '../../../src/base/groupBy';
import type { Dataset } from '../../../src/datasets/dataset';
import type { ImageSamples, InkSamples, Samples } from '../../../src/datasets/samples';
import type { Split } from '../../../src/base/split';
import { holdOut } from '../../../src/datasets/split';
import { loadTrainingData } from '../../../src/engine/training/trainingData';
import { runSettingsSchema } from '../../../src/runs/runSettings';
import { temporaryFolder } from './import/temporary';

/** Samples of each class: some of them too few to be shared out evenly. */
const COUNTS = [100, 40, 10, 5];
const LABELS = COUNTS.flatMap((count, label) => Array.from({ length: count }, () => label));

/** Pictures of one pixel. */
function pictures(labels: readonly number[], pixel = 0): ImageSamples {
  const pixels = new Uint8Array(labels.length).fill(pixel);
  return { kind: 'images', height: 1, width: 1, pixels, labels: Uint16Array.from(labels) };
}

function ink(labels: readonly number[], writers: readonly (string | undefined)[]): InkSamples {
  const inks = labels.map(() => [[[0, 0] as const]]);
  return { kind: 'ink', inks, penWidths: labels.map(() => 2), labels: Uint16Array.from(labels), writers };
}

/** How many of the places are of each class. */
function sharesOf(places: Uint32Array, labels: ArrayLike<number> = LABELS): number[] {
  const byClass = groupBy(places, (place) => labels[place]);
  return COUNTS.map((_, label) => byClass.get(label)?.length ?? 0);
}

/** Every sample is in one of the two parts, and in one only. */
function parts(samples: Samples, { train, validation }: ReturnType<typeof holdOut>): void {
  const places = [...train, ...validation].sort((a, b) => a - b);
  assert.deepEqual(places, [...samples.labels.keys()]);
}

describe('what is held out of the training samples', () => {
  it('is the same share of each class', () => {
    const samples = pictures(LABELS);
    const held = holdOut(samples, 0.2, 1);
    parts(samples, held);
    assert.deepEqual(sharesOf(held.validation), [20, 8, 2, 1]);
    assert.equal(holdOut(samples, 0, 1).validation.length, 0);
    assert.equal(holdOut(pictures([]), 0.2, 1).train.length, 0);
  });

  it('is the same for the same seed and another for another', () => {
    const places = (seed: number) => [...holdOut(pictures(LABELS), 0.2, seed).validation];
    assert.deepEqual(places(7), places(7));
    assert.notDeepEqual(places(7), places(8));
  });

  it('is all of some writers and nothing of the others, where writers are known', () => {
    const writers = LABELS.map((_, place) => `w${String(place % 10)}`);
    const samples = ink(LABELS, writers);
    const held = holdOut(samples, 0.3, 1);
    parts(samples, held);
    const writersOf = (places: Uint32Array) => new Set([...places].map((place) => writers[place]));
    const [apart, others] = [writersOf(held.validation), writersOf(held.train)];
    assert.deepEqual([apart.size, others.size], [3, 7]);
    assert.ok([...apart].every((writer) => !others.has(writer)));
  });

  for (const [what, writers] of [
    ['one writer', LABELS.map(() => 'w')],
    ['unknown writers', LABELS.map(() => undefined)],
    [
      'writers of whom some are unknown',
      LABELS.map((_, place) => (place % 9 ? `w${String(place % 3)}` : undefined)),
    ],
  ] as const) {
    it(`is the same share of each class of ${what}`, () => {
      const samples = ink(LABELS, writers);
      const held = holdOut(samples, 0.2, 1);
      parts(samples, held);
      assert.deepEqual(sharesOf(held.validation), [20, 8, 2, 1]);
    });
  }
});

describe('what a run learns from', () => {
  const folder = temporaryFolder();
  const TEST_PIXEL = 9;
  const settings = (some: object = {}) => runSettingsSchema.parse({ validationSplit: 0.2, seed: 3, ...some });
  const classes = ['a', 'b', 'c', 'd'];

  function dataset(splits: Partial<Record<Split, Samples>>, officialSplits: readonly Split[]): Dataset {
    return {
      id: 'x',
      classes,
      covers: classes,
      officialSplits,
      problems: [],
      load: (split) => Promise.resolve(splits[split] ?? assert.fail(`the ${split} split is read`)),
    };
  }

  it('is the train split, never the test split, apart from what is held out', async () => {
    const train = pictures(LABELS, 1);
    const data = await loadTrainingData(dataset({ train }, ['train', 'test']), settings());
    parts(train, { train: data.chosen, validation: data.held });
    assert.deepEqual(sharesOf(data.held, data.labels), [20, 8, 2, 1]);
    const again = await loadTrainingData(dataset({ train }, ['train', 'test']), settings());
    assert.deepEqual([again.held, again.checksum], [data.held, data.checksum]);
  });

  it('is the train split of a stored dataset, whose pictures stay on the disk', async () => {
    const batches = async function* (samples: Samples) {
      yield await Promise.resolve(samples);
    };
    await folder.store.write(
      'stored',
      {
        name: 'Stored',
        kind: 'images',
        source: 'a test',
        height: 1,
        width: 1,
        classes,
        covers: classes,
        officialSplits: ['train', 'test'],
      },
      [
        { split: 'train', batches: batches(pictures(LABELS, 1)) },
        { split: 'test', batches: batches(pictures([0, 1, 2, 3], TEST_PIXEL)) },
      ],
    );
    const stored = await folder.store.open('stored');
    const { samples, chosen, held } = await loadTrainingData(stored, settings());
    assert.equal(samples.kind, 'stored');
    assert.equal(chosen.length + held.length, LABELS.length);
    const read = (await stored.load('train')) as ImageSamples;
    assert.ok([...chosen, ...held].every((place) => read.pixels[place] === 1));
  });

  it('is all of a dataset without splits, and no more of it than was asked for', async () => {
    const all = pictures(LABELS);
    const data = await loadTrainingData(dataset({ all }, []), settings({ limit: 30 }));
    assert.equal(data.chosen.length, 30);
    assert.equal(new Set(data.chosen).size, 30);
    assert.deepEqual(sharesOf(data.held), [20, 8, 2, 1]);
    assert.ok(data.chosen.every((place) => !data.held.includes(place)));
  });
});
