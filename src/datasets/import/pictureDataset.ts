import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import type { Dataset } from '../dataset';
import type { ImageSamples, Samples } from '../samples';
import type { Split } from '../../base/split';
import { everyNth, isEveryNth } from './everyNth';
import { openSource } from './importDataset';
import type { ImportSource } from './importSource';

/** Bytes of pictures that are held in memory; more have to be imported, which stores them. */
const MOST_BYTES = 512 * 2 ** 20;

/**
 * Labeled pictures or rows of pixels at a path, opened as they would be imported, but not stored.
 *
 * @param part `5/5`, `1-4/5`: a share of the files of each folder
 * @throws DatasetError where the path holds nothing of the kind
 */
export async function openPictures(
  files: FileSource,
  part: string | undefined,
  id: string,
): Promise<Dataset> {
  const isShare = part !== undefined && isEveryNth(part);
  const source = await openSource(isShare ? everyNth(files, part) : files, isShare ? undefined : part, {});
  const read = new Map(source.splits.map(({ split, batches }) => [split, once(() => together(batches, id))]));
  return {
    id,
    classes: source.classes,
    covers: source.covers,
    officialSplits: source.officialSplits,
    problems: source.problems,
    load: async (split) => {
      const parts: ImageSamples[] = [];
      for (const each of splitsOf(source, split, id)) {
        for (const part of (await read.get(each)?.()) ?? []) parts.push(part);
      }
      return joined(parts, id);
    },
  };
}

function splitsOf({ splits }: ImportSource, wanted: Split, id: string): Split[] {
  const present = splits.map(({ split }) => split);
  if (wanted === 'all') return present;
  if (present.includes(wanted)) return [wanted];
  throw new DatasetError(`${id} has no ${wanted} split: ask for one of ${[...present, 'all'].join(', ')}.`);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

async function together(batches: AsyncIterable<Samples>, id: string): Promise<ImageSamples[]> {
  const read: ImageSamples[] = [];
  let bytes = 0;
  for await (const batch of batches) {
    if (batch.kind !== 'images') throw new DatasetError(`${id} holds ink: give the file of it.`);
    bytes += batch.pixels.length;
    if (bytes > MOST_BYTES) {
      throw new DatasetError(`${id} is too large to be read without being stored: import it first.`);
    }
    read.push(batch);
  }
  return read;
}

function joined(batches: readonly ImageSamples[], id: string): ImageSamples {
  const [first] = batches;
  if (!first) throw new DatasetError(`${id} holds no picture that can be read: check the files.`);
  const labels = Uint16Array.from(batches.flatMap((batch) => [...batch.labels]));
  const pixels = new Uint8Array(labels.length * first.height * first.width);
  let at = 0;
  for (const batch of batches) {
    pixels.set(batch.pixels, at);
    at += batch.pixels.length;
  }
  return { kind: 'images', height: first.height, width: first.width, labels, pixels };
}
