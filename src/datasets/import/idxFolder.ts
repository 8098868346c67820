import { createHash } from 'node:crypto';
import path from 'node:path';
import { groupBy } from '../../base/groupBy';
import { EMNIST_SPLITS, usualMapping } from '../formats/emnist';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import {
  checkIdxLength,
  IDX_LAYOUT_BYTES,
  idxLayout,
  readIdxClasses,
  readPictureHeader,
  transpose,
  type IdxLayout,
} from '../formats/idx';
import type { ImageSamples } from '../samples';
import type { TableOptions } from './csv';
import { findClasses } from './classesFile';
import { indexSplits, splitOfFolder } from './fileSplits';
import { grayOf, grayRangeOf, noExtent, widen, type Extent, type GrayRange } from './grayRange';
import { isHidden } from './hidden';
import type { ImportSource } from './importSource';
import { mapLabels, type LabelMapping } from './labelMapping';

/** Pixels that are in memory at a time. */
const BATCH = 4 * 2 ** 20;
/** Labels are few bytes each. */
const MOST_LABEL_BYTES = 64 * 2 ** 20;
/** Columns from which on a table of numbers holds pictures, where they make a square. */
const LEAST_PIXELS = 64;
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
    const layout = idxLayout(await startOf(files, name));
    if (layout) (holdsPictures(layout) ? images : labels).push(name);
  }
  return withoutDoubles(
    files,
    images.map((name) => ({ name, labels: labelsFor(name, images, labels) })),
  );
}

function holdsPictures({ dimensions: [, columns = 1, ...more] }: IdxLayout): boolean {
  return more.length > 0 || (columns >= LEAST_PIXELS && Number.isInteger(Math.sqrt(columns)));
}

async function startOf(files: FileSource, name: string): Promise<Buffer> {
  let start: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of files.stream(name)) {
      start = Buffer.concat([start, piece.subarray(0, IDX_LAYOUT_BYTES)]);
      if (start.length >= IDX_LAYOUT_BYTES) break;
    }
  } catch (error) {
    // damaged: said when it turns out to be needed
    if (!(error instanceof DatasetError)) throw error;
  }
  return start;
}

/** Pairs that are called alike and hold the same lie there once unpacked and once not, as Kaggle leaves them. */
async function withoutDoubles(files: FileSource, pairs: readonly Pair[]): Promise<readonly Pair[]> {
  const kept: Pair[] = [];
  for (const alike of groupBy(pairs, ({ name }) => lastKeyOf(name)).values()) {
    const sorted = [...alike].sort((a, b) => depthOf(a.name) - depthOf(b.name));
    const seen = new Set<string>();
    for (const pair of sorted) {
      const digest = sorted.length === 1 ? '' : await digestOf(files, pair);
      if (!seen.has(digest)) kept.push(pair);
      seen.add(digest);
    }
  }
  return kept;
}

function depthOf(name: string): number {
  return name.split('/').length;
}

async function digestOf(files: FileSource, { name, labels }: Pair): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [name, labels]) for await (const piece of files.stream(file)) hash.update(piece);
  return hash.digest('hex');
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

/** What a path says but for what it holds, and how it is packed. */
function keyOf(name: string): string {
  return name.split('/').map(wordOf).join('/');
}

function lastKeyOf(name: string): string {
  return wordOf(path.posix.basename(name));
}

function wordOf(part: string): string {
  const rest = wordsOf(part).map((word) =>
    word.replace(/^(images?|imgs?|labels?|idx[1-4]?|u?byte|u?int(8|16|32)?|short|float|double|gz|x|y)$/, ''),
  );
  return rest.join('').replace(/(images?|labels?)/, '');
}

/** The folder that a set is called after: one that is called like the file in it, or as a split, says nothing more. */
export function setFolder(name: string): string {
  const folder = path.posix.dirname(name);
  const own = path.posix.basename(folder);
  const saysNothing = wordOf(own) === lastKeyOf(name) || splitOfFolder(own) !== undefined;
  return saysNothing ? path.posix.dirname(folder) : folder;
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
      stored: readIdxClasses(await files.read(pair.labels, MOST_LABEL_BYTES), pair.labels),
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
  const seen = new Set<string>();
  for (const { stored } of read) for (const label of new Set(stored)) seen.add(String(label));
  const named = options.characters === undefined ? await findClasses(files, first.name) : undefined;
  const text = options.mapping ?? (await findMapping(files, first.name)) ?? usualMapping(first.name);
  const mapping = mapLabels(seen, {
    named,
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
  return readPictureHeader(await startOf(files, name), name);
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
  { name, labels, stored }: Pair & { stored: Uint32Array },
  mapping: LabelMapping,
  transposed: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImageSamples> {
  let done = 0;
  for await (const batch of imageBatches(files, name)) {
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

/** The pictures of a file, of which no more than some millions of pixels are in memory. */
async function* imageBatches(files: FileSource, name: string) {
  const header = await headerOf(files, name);
  const { height, width, dataStart, dataBytes, layout } = header;
  const range = layout.isBytes ? undefined : grayRangeOf(await extentOf(files, name, header));
  const size = height * width;
  const batch = Math.max(1, Math.floor(BATCH / size)) * size * layout.bytes;
  let [length, received, skipped] = [0, 0, 0];
  let pending: Buffer[] = [];
  for await (const piece of files.stream(name)) {
    const data = piece.subarray(Math.min(piece.length, dataStart - skipped));
    skipped += piece.length - data.length;
    received += data.length;
    // said before what is too much is taken in
    if (received > dataBytes) checkIdxLength(received, dataBytes, name);
    pending.push(data);
    length += data.length;
    while (length >= batch || (length > 0 && received === dataBytes)) {
      const joined = Buffer.concat(pending, length);
      const now = joined.subarray(0, Math.min(batch, joined.length));
      pending = [joined.subarray(now.length)];
      length -= now.length;
      yield {
        count: now.length / layout.bytes / size,
        height,
        width,
        pixels: grayValues(now, layout, range),
      };
    }
  }
  checkIdxLength(received, dataBytes, name);
}

/** What the numbers of a file are that holds no bytes. */
async function extentOf(
  files: FileSource,
  name: string,
  { dataStart, layout: { bytes, read } }: { readonly dataStart: number; readonly layout: IdxLayout },
): Promise<Extent> {
  const extent = noExtent();
  let rest: Buffer = Buffer.alloc(0);
  let skipped = 0;
  for await (const piece of files.stream(name)) {
    const data = piece.subarray(Math.min(piece.length, dataStart - skipped));
    skipped += piece.length - data.length;
    rest = Buffer.concat([rest, data]);
    const view = new DataView(rest.buffer, rest.byteOffset, rest.length);
    const whole = rest.length - (rest.length % bytes);
    for (let at = 0; at < whole; at += bytes) widen(extent, read(view, at));
    rest = rest.subarray(whole);
  }
  return extent;
}

function grayValues(data: Buffer, { bytes, read }: IdxLayout, range: GrayRange | undefined): Uint8Array {
  if (!range) return data;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  return Uint8Array.from({ length: data.length / bytes }, (_, at) => grayOf(read(view, at * bytes), range));
}
