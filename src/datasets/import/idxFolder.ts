import path from 'node:path';
import { EMNIST_SPLITS, usualMapping } from '../emnist';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { checkIdxLength, IDX_HEADER_BYTES, readIdxHeader, readIdxLabels, transpose } from '../idx';
import type { ImageSamples } from '../samples';
import type { TableOptions } from './csv';
import { indexSplits } from './fileSplits';
import { isHidden } from './hidden';
import type { ImportSource } from './importSource';
import { mapLabels, type LabelMapping } from './labelMapping';

/** Pictures that are in memory at a time. */
const BATCH = 2048;
/** Names of files that are known to be something else are not opened to find out. */
const OTHER = /\.(png|jpe?g|webp|bmp|tiff?|gif|csv|tsv|txt|md|json|jsonl|inkml|html?|zip)(\.gz)?$/i;

/** A pair of IDX files. */
interface Pair {
  /** Of the file of images, which says the split. */
  readonly name: string;
  readonly labels: string;
}

/**
 * The IDX files of a folder or archive, whatever their names: what counts is how they begin.
 *
 * @param part where there are several datasets, the word in the names of the one that is meant, such as `byclass`
 */
export async function findIdxPairs(files: FileSource, part?: string): Promise<readonly Pair[]> {
  const all = new Set(files.names);
  const names = files.names.filter(
    (name) =>
      !OTHER.test(name) &&
      !isHidden(name) &&
      // unpacked beside its packed form, as PyTorch leaves it
      !(/\.gz$/i.test(name) && all.has(name.slice(0, -3))) &&
      (part === undefined || wordsOf(name).includes(part.toLowerCase())),
  );
  const images: string[] = [];
  const labels: string[] = [];
  for (const name of names) {
    const magic = await magicOf(files, name);
    if (magic === 0x0803) images.push(name);
    if (magic === 0x0801) labels.push(name);
  }
  return images.map((name) => ({ name, labels: labelsFor(name, images, labels) }));
}

async function magicOf(files: FileSource, name: string): Promise<number | undefined> {
  try {
    for await (const piece of files.stream(name))
      return piece.length >= 4 ? piece.readUInt32BE(0) : undefined;
  } catch (error) {
    // damaged: said when it turns out to be needed
    if (!(error instanceof DatasetError)) throw error;
  }
  return undefined;
}

/** The labels whose name differs only in what it says of its content, or the only ones there are. */
function labelsFor(image: string, images: readonly string[], labels: readonly string[]): string {
  const key = keyOf(image);
  const found =
    labels.find((name) => keyOf(name) === key) ??
    (images.length === 1 && labels.length === 1 ? labels[0] : undefined);
  if (found === undefined) {
    throw new DatasetError(`${image} has no file of labels beside it that is named alike: add it.`);
  }
  return found;
}

function wordsOf(name: string): string[] {
  return path.posix
    .basename(name)
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

function keyOf(name: string): string {
  const folder = path.posix.dirname(name);
  const rest = wordsOf(name).map((word) =>
    word.replace(/^(images?|imgs?|labels?|idx[13]?|ubyte|gz|x|y)$/, ''),
  );
  return `${folder}/${rest.join('').replace(/(images?|labels?)/, '')}`;
}

/**
 * A folder in MNIST's or EMNIST's layout, or of IDX pairs under any names. Pictures are streamed.
 *
 * @throws DatasetError where a file is damaged, a pair differs in number, or labels have no class
 */
export async function openIdx(
  files: FileSource,
  pairs: readonly Pair[],
  options: TableOptions,
  signal?: AbortSignal,
): Promise<ImportSource> {
  const several = EMNIST_SPLITS.filter((split) =>
    pairs.some(({ name }) => name.includes(`emnist-${split}-`)),
  );
  if (several.length > 1) {
    throw new DatasetError(
      `${files.location} has several splits: write # and one of ${several.join(', ')} behind it.`,
    );
  }
  const read = await Promise.all(
    pairs.map(async (pair) => ({
      ...pair,
      stored: readIdxLabels(await files.read(pair.labels), pair.labels),
      header: await headerOf(files, pair.name),
    })),
  );
  const { bySplit, official } = indexSplits(read, files.location);
  const [first] = read;
  if (!first) throw new DatasetError(`${files.location} holds no IDX files of images: check the path.`);
  for (const { name, labels, stored, header } of read) {
    if (stored.length !== header.count) {
      throw new DatasetError(`${labels} has another number of samples than ${name}: fetch both again.`);
    }
    if (header.height !== first.header.height || header.width !== first.header.width) {
      throw new DatasetError(`${name} has images of another size than ${first.name}: import one of them.`);
    }
  }
  const transposed = options.transposed ?? /emnist/i.test(first.name);
  const seen = new Set(read.flatMap(({ stored }) => [...new Set(stored)].map(String)));
  const text = options.mapping ?? (await findMapping(files, first.name)) ?? usualMapping(first.name);
  const mapping = mapLabels(seen, {
    text,
    name: path.posix.basename(first.name),
    characters: options.characters,
  });
  const { height, width } = first.header;
  return {
    kind: 'images',
    height: transposed ? width : height,
    width: transposed ? height : width,
    classes: [...mapping.classes],
    covers: [...mapping.covers],
    officialSplits: official,
    total: read.reduce((sum, { stored }) => sum + stored.length, 0),
    problems: [],
    splits: [...bySplit].map(([split, pair]) => ({
      split,
      batches: batches(files, pair, mapping, transposed, signal),
    })),
  };
}

async function headerOf(files: FileSource, name: string) {
  let start: Buffer = Buffer.alloc(0);
  for await (const piece of files.stream(name)) {
    start = Buffer.concat([start, piece]);
    if (start.length >= IDX_HEADER_BYTES) break;
  }
  return readIdxHeader(start, 'images', name);
}

/** The mapping file of a set of IDX files: beside them or above, the one whose name shares most with theirs. */
async function findMapping(files: FileSource, images: string): Promise<string | undefined> {
  const words = wordsOf(images);
  const score = (name: string) => wordsOf(name).filter((word) => words.includes(word)).length;
  const isNear = (name: string) => {
    const folder = path.posix.dirname(name);
    return folder === '.' || images.startsWith(`${folder}/`);
  };
  const [best] = files.names
    .filter((name) => /mapping[^/]*\.txt$/i.test(name) && isNear(name))
    .sort((a, b) => score(b) - score(a));
  return best === undefined ? undefined : (await files.read(best)).toString('latin1');
}

async function* batches(
  files: FileSource,
  { name, labels, stored }: Pair & { stored: Uint8Array },
  mapping: LabelMapping,
  transposed: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImageSamples> {
  let done = 0;
  for await (const batch of imageBatches(files.stream(name), name)) {
    signal?.throwIfAborted();
    const upright = transposed ? transpose(batch) : batch;
    yield {
      kind: 'images',
      height: upright.height,
      width: upright.width,
      pixels: upright.pixels,
      labels: Uint16Array.from(stored.subarray(done, done + batch.count), (label) =>
        mapping.classOf(String(label), labels),
      ),
    };
    done += batch.count;
  }
}

async function* imageBatches(pieces: AsyncIterable<Buffer>, name: string) {
  let pending: Buffer[] = [];
  let length = 0;
  let header: ReturnType<typeof readIdxHeader> | undefined;
  let received = 0;
  for await (const piece of pieces) {
    pending.push(piece);
    length += piece.length;
    if (!header) {
      if (length < IDX_HEADER_BYTES) continue;
      const joined = Buffer.concat(pending, length);
      header = readIdxHeader(joined, 'images', name);
      pending = [joined.subarray(header.dataStart)];
      length -= header.dataStart;
      received = length;
    } else received += piece.length;
    const { height, width, dataBytes } = header;
    // said before what is too much is taken in
    if (received > dataBytes) checkIdxLength(received, dataBytes, name);
    const size = height * width;
    if (length < size * BATCH) continue;
    const joined = Buffer.concat(pending, length);
    const count = Math.floor(length / size);
    yield { count, height, width, pixels: joined.subarray(0, count * size) };
    pending = [joined.subarray(count * size)];
    length -= count * size;
  }
  header ??= readIdxHeader(Buffer.concat(pending, length), 'images', name);
  checkIdxLength(received, header.dataBytes, name);
  const size = header.height * header.width;
  if (length >= size) {
    const count = length / size;
    yield { count, height: header.height, width: header.width, pixels: Buffer.concat(pending, length) };
  }
}
