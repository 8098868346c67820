import { Random } from '../../src/base/random';
import type { ImageSamples } from '../../src/datasets/samples';
import type { DatasetStore } from '../../src/datasets/store/datasetStore';

const SIDE = 28;
const CLASSES = 62;
const BATCH = 4096;

/** Pictures with about as much ink as EMNIST's; some thousand different ones are enough to fill a disk with. */
async function* pictures(count: number, seed: number): AsyncGenerator<ImageSamples> {
  const random = new Random(seed);
  const pixels = Uint8Array.from({ length: BATCH * SIDE * SIDE }, () =>
    random.next() < 0.2 ? random.integer(256) : 0,
  );
  for (let done = 0; done < count; done += BATCH) {
    const length = Math.min(BATCH, count - done);
    yield await Promise.resolve({
      kind: 'images',
      height: SIDE,
      width: SIDE,
      pixels: pixels.subarray(0, length * SIDE * SIDE),
      labels: Uint16Array.from({ length }, () => random.integer(CLASSES)),
    });
  }
}

/** Stores a dataset as large as EMNIST's, of noise, without a test split where none is asked for. */
export async function storePictures(store: DatasetStore, id: string, train: number, test = 0): Promise<void> {
  const classes = Array.from({ length: CLASSES }, (_, index) => String.fromCharCode(48 + index));
  const splits = [{ split: 'train' as const, batches: pictures(train, 1) }];
  const tests = test > 0 ? [{ split: 'test' as const, batches: pictures(test, 2) }] : [];
  await store.write(
    id,
    {
      name: `${train} pictures`,
      kind: 'images',
      source: 'seeded random numbers',
      height: SIDE,
      width: SIDE,
      classes,
      covers: classes,
      officialSplits: test > 0 ? ['train', 'test'] : ['train'],
    },
    [...splits, ...tests],
  );
}
