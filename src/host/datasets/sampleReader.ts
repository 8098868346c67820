import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { DatasetError } from '../../datasets/errors';
import type { Manifest } from '../../datasets/manifest';
import type { InkSamples, Split } from '../../datasets/samples';
import type { DatasetStore } from '../../datasets/store';
import type { Ink } from '../../ink/ink';
import { rasterize } from '../../ink/rasterize';
import { samplesOf } from './words';

/** A dataset's picture is far smaller than this; samples that lie nearer together are read at once. */
const READ_THROUGH = 64 * 1024;

/** One sample as it was written. */
export type StoredSample =
  | { readonly kind: 'images'; readonly height: number; readonly width: number; readonly pixels: Uint8Array }
  | { readonly kind: 'ink'; readonly ink: Ink; readonly penWidth: number | undefined };

/** Reads samples of one split from the disk, whichever are asked for; pictures are never in memory as a whole. */
export interface SplitReader {
  readonly split: Split;
  /** Index of the class of every sample, as stored. */
  readonly labels: Uint16Array;
  /** The pictures of samples, one behind the other; their numbers ascend. */
  pictures(indexes: readonly number[]): Promise<Uint8Array<ArrayBuffer>>;
  sample(index: number): Promise<StoredSample>;
  close(): Promise<void>;
}

/**
 * Opens every split of a stored dataset.
 *
 * @throws DatasetError where its files are missing or damaged
 */
export async function openSplits(store: DatasetStore, manifest: Manifest): Promise<SplitReader[]> {
  const splits = (['train', 'validation', 'test', 'all'] as const).filter((split) => manifest.counts[split]);
  if (manifest.kind === 'images') {
    return Promise.all(splits.map((split) => openImages(store.folder(manifest.id), manifest, split)));
  }
  // changes are marked, not made
  const { dataset } = (await store.open(manifest.id)).stored;
  return Promise.all(
    splits.map(async (split) => inkReader(split, (await dataset.load(split)) as InkSamples)),
  );
}

async function openImages(folder: string, manifest: Manifest, split: Split): Promise<SplitReader> {
  const { height, width } = manifest;
  const size = height * width;
  const labels = await readLabels(path.join(folder, 'cache', `${split}.labels`), manifest, split);
  const file = await opened(path.join(folder, 'cache', `${split}.samples`), manifest);
  const pictures = async (indexes: readonly number[]): Promise<Uint8Array<ArrayBuffer>> => {
    const pixels = new Uint8Array(indexes.length * size);
    const most = Math.max(1, Math.floor(READ_THROUGH / size));
    for (let from = 0; from < indexes.length;) {
      const first = indexes[from] ?? 0;
      let to = from + 1;
      while (to < indexes.length && (indexes[to] ?? 0) - first < most) to++;
      const span = new Uint8Array(((indexes[to - 1] ?? first) - first + 1) * size);
      await file.read(span, 0, span.length, first * size);
      for (; from < to; from++) {
        const at = ((indexes[from] ?? first) - first) * size;
        pixels.set(span.subarray(at, at + size), from * size);
      }
    }
    return pixels;
  };
  return {
    split,
    labels,
    pictures,
    sample: async (index) => ({ kind: 'images', height, width, pixels: await pictures([index]) }),
    close: () => file.close(),
  };
}

async function readLabels(file: string, manifest: Manifest, split: Split): Promise<Uint16Array> {
  const labels = new Uint16Array(samplesOf(manifest, split));
  const handle = await opened(file, manifest);
  try {
    await handle.read(new Uint8Array(labels.buffer), 0, labels.byteLength, 0);
  } finally {
    await handle.close();
  }
  return labels;
}

function opened(file: string, { name }: Manifest): Promise<FileHandle> {
  return open(file).catch((cause: unknown) => {
    throw new DatasetError(`${name} is damaged on the disk: download or import it again.`, { cause });
  });
}

function inkReader(split: Split, { inks, labels, penWidths }: InkSamples): SplitReader {
  return {
    split,
    labels,
    pictures: (indexes) => {
      const drawn = indexes.map((index) => rasterize(inks[index] ?? [], { penWidth: penWidths[index] }));
      const pixels = new Uint8Array(drawn.reduce((sum, { length }) => sum + length, 0));
      drawn.reduce((at, each) => (pixels.set(each, at), at + each.length), 0);
      return Promise.resolve(pixels);
    },
    sample: (index) => Promise.resolve({ kind: 'ink', ink: inks[index] ?? [], penWidth: penWidths[index] }),
    close: () => Promise.resolve(),
  };
}
