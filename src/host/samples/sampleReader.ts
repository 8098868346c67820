import { setImmediate } from 'node:timers/promises';
import type { Manifest } from '../../datasets/store/manifest';
import type { InkSamples } from '../../datasets/samples';
import { SPLITS, type Split } from '../../base/split';
import type { DatasetStore } from '../../datasets/store/datasetStore';
import { PictureReader } from '../../datasets/store/pictureReader';
import type { StoredSplit } from '../../datasets/store/storedSplit';
import type { Ink } from '../../ink/ink';
import type { PictureShape } from '../../ink/drawInk';
import { rasterize } from '../../ink/rasterize';
import { rasterizeLine } from '../../ink/rasterizeLine';

/** Pictures that are read without letting others work. */
const AT_ONCE = 64;

/** One sample as it was written. */
export type StoredSample =
  | { readonly kind: 'images'; readonly height: number; readonly width: number; readonly pixels: Uint8Array }
  | { readonly kind: 'ink'; readonly ink: Ink; readonly penWidth: number | undefined };

/** Reads samples of one split from the disk, whichever are asked for; pictures are never in memory as a whole. */
export interface SplitReader {
  readonly split: Split;
  /** Index of the class of every sample, as stored. */
  readonly labels: Uint16Array;
  /**
   * The pictures of samples, one behind the other.
   *
   * @param shape ink is drawn as lines of this shape; without it as the picture that networks see of it
   */
  pictures(indexes: readonly number[], shape?: PictureShape): Promise<Uint8Array<ArrayBuffer>>;
  sample(index: number): Promise<StoredSample>;
  close(): Promise<void>;
}

/**
 * Opens every split of a stored dataset.
 *
 * @throws DatasetError where its files are missing or damaged
 */
export async function openSplits(store: DatasetStore, manifest: Manifest): Promise<SplitReader[]> {
  const splits = SPLITS.filter((split) => manifest.counts[split]);
  // changes are marked, not made
  const { dataset } = (await store.open(manifest.id)).stored;
  return Promise.all(
    splits.map(async (split) => {
      const stored = await dataset.locate?.(split);
      if (stored?.kind === 'images') return pictureReader(split, stored);
      return inkReader(split, (await dataset.load(split)) as InkSamples);
    }),
  );
}

function pictureReader(split: Split, stored: StoredSplit): SplitReader {
  const { height, width, labels } = stored;
  const size = height * width;
  const reader = new PictureReader(stored);
  const pictures = async (indexes: readonly number[]): Promise<Uint8Array<ArrayBuffer>> => {
    const pixels = new Uint8Array(indexes.length * size);
    for (let from = 0; from < indexes.length; from += AT_ONCE) {
      // its reads wait for the disk, and the window must not
      if (from > 0) await setImmediate();
      reader.read(indexes.slice(from, from + AT_ONCE), pixels.subarray(from * size));
    }
    return pixels;
  };
  return {
    split,
    labels,
    pictures,
    sample: async (index) => ({ kind: 'images', height, width, pixels: await pictures([index]) }),
    close: () => {
      reader.close();
      return Promise.resolve();
    },
  };
}

function inkReader(split: Split, { inks, labels, penWidths }: InkSamples): SplitReader {
  return {
    split,
    labels,
    pictures: (indexes, shape) => {
      const drawn = indexes.map((index) => {
        const ink = inks[index] ?? [];
        return shape ? rasterizeLine(ink, shape) : rasterize(ink, { penWidth: penWidths[index] });
      });
      const pixels = new Uint8Array(drawn.reduce((sum, { length }) => sum + length, 0));
      drawn.reduce((at, each) => (pixels.set(each, at), at + each.length), 0);
      return Promise.resolve(pixels);
    },
    sample: (index) => Promise.resolve({ kind: 'ink', ink: inks[index] ?? [], penWidth: penWidths[index] }),
    close: () => Promise.resolve(),
  };
}
