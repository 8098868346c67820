import type { Manifest } from '../../datasets/store/manifest';
import type { Split } from '../../base/split';
import type { SplitReader } from './sampleReader';

/** Where a sample lies on the disk. */
export interface StoredPlace {
  readonly split: Split;
  /** Its number there. */
  readonly index: number;
}

/**
 * The pictures of samples wherever they lie, one behind the other.
 *
 * @throws DatasetError where the dataset is damaged
 */
export async function picturesAt(
  readers: readonly SplitReader[],
  { height, width }: Pick<Manifest, 'height' | 'width'>,
  places: readonly StoredPlace[],
): Promise<Uint8Array<ArrayBuffer>> {
  const size = height * width;
  const pixels = new Uint8Array(places.length * size);
  for (const reader of readers) {
    const own = places
      .map(({ split, index }, at) => ({ split, index, at }))
      .filter(({ split }) => split === reader.split)
      // a reader takes them as they lie on the disk
      .sort((a, b) => a.index - b.index);
    if (own.length === 0) continue;
    const read = await reader.pictures(own.map(({ index }) => index));
    own.forEach(({ at }, nth) => pixels.set(read.subarray(nth * size, (nth + 1) * size), at * size));
  }
  return pixels;
}
