import path from 'node:path';
import { UserError } from '../../base/userError';
import { PictureRoom } from '../../pictures/pictureRoom';
import { PICTURE_SIZE } from '../../ink/rasterize';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { groupBy } from '../../base/groupBy';
import type { GrayPicture } from '../../pictures/grayPicture';
import { hasDarkPen, normalizePhotograph, type PhotographOptions } from '../../pictures/photograph';
import { readPicture } from '../../pictures/readPicture';
import type { ImageSamples } from '../samples';
import { SPLITS, type Split } from '../../base/split';
import { indexClasses, type ImportSource } from './importSource';
import { PictureBudget, PicturesTooLarge } from './pictureBudget';
import { labelPictures, type LabeledPicture, type LabelOptions } from './labelPictures';

/** Files that are read at a time: sharp works in threads of its own. */
const AT_ONCE = 4;
/** No picture file that people have is larger. */
const MOST_BYTES = 256 * 2 ** 20;
/** Pictures of a batch. */
const BATCH = 512;
/** Pixels of a batch. */
const BATCH_PIXELS = 8 * 2 ** 20;
/** Longest side, in pixels, of pictures that keep their size; IDX files allow no more either. */
const LARGEST_KEPT = 1024;

export interface ImageFolderOptions extends LabelOptions, PhotographOptions {
  /** `normalized` to the network's 28x28 as EMNIST made its own, or `keep` each picture as large as it is. */
  readonly size?: 'normalized' | 'keep' | undefined;
}

/** A picture as it is and as it will be, or why it will be left out. */
export interface PicturePreview {
  readonly name: string;
  readonly label: string;
  readonly original?: GrayPicture | undefined;
  /** Gray values 0 background to 255 ink, row by row. */
  readonly result?: Result | undefined;
  readonly problem?: string | undefined;
}

interface Result {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * Shows what an import would make of some of the pictures, spread over all of them.
 *
 * @param most pictures to show
 * @throws DatasetError where no picture has a class
 */
export async function previewImageFolder(
  files: FileSource,
  options: ImageFolderOptions,
  most: number,
  signal?: AbortSignal,
): Promise<{ pictures: PicturePreview[]; total: number; problems: readonly string[] }> {
  const { pictures, problems } = await labelPictures(files, options);
  const count = Math.min(most, pictures.length);
  const chosen = Array.from({ length: count }, (_, i) => pictures[Math.floor((i * pictures.length) / count)]);
  const previews: PicturePreview[] = [];
  for (const picture of chosen) {
    signal?.throwIfAborted();
    if (picture) previews.push(await preview(files, picture, options));
  }
  return { pictures: previews, total: pictures.length, problems: [...files.problems, ...problems] };
}

async function preview(
  files: FileSource,
  { name, label }: LabeledPicture,
  options: ImageFolderOptions,
): Promise<PicturePreview> {
  let original: GrayPicture | undefined;
  try {
    original = await open(files, name, options);
    return { name, label, original, result: convert(original, options) };
  } catch (error) {
    return { name, label, original, problem: sentenceOf(error) };
  }
}

/**
 * A folder or archive of pictures as a dataset.
 *
 * @throws DatasetError where no picture has a class, or none can be read
 */
export async function openImageFolder(
  files: FileSource,
  options: ImageFolderOptions,
  signal?: AbortSignal,
): Promise<ImportSource> {
  const { pictures, problems } = await labelPictures(files, options);
  const { classes, indexOf } = indexClasses(pictures.map(({ label }) => label));
  const { width, height } = options.size === 'keep' ? await firstSize(files, pictures, options) : normalized;
  const budget = new PictureBudget(path.basename(files.location));
  const room = new PictureRoom();
  const read = async ({ name }: LabeledPicture): Promise<Result | undefined> => {
    try {
      const result = convert(await open(files, name, options, budget, room), options);
      if (result.width === width && result.height === height) return result;
      const [is, first] = [`${result.width}x${result.height}`, `${width}x${height}`];
      problems.push(`${name} is ${is} and the first is ${first}: import without keeping sizes`);
    } catch (error) {
      if (error instanceof PicturesTooLarge) throw error;
      problems.push(sentenceOf(error).startsWith(name) ? sentenceOf(error) : `${name}: ${sentenceOf(error)}`);
    }
    return undefined;
  };
  const bySplit = groupBy(pictures, ({ split }) => split);
  const splits = SPLITS.filter((split) => bySplit.has(split));
  return {
    kind: 'images',
    height,
    width,
    classes,
    covers: classes,
    officialSplits: splits.filter((split): split is Exclude<Split, 'all'> => split !== 'all'),
    total: pictures.length,
    problems,
    splits: splits.map((split) => ({
      split,
      batches: batches(bySplit.get(split) ?? [], read, { width, height }, indexOf, signal),
    })),
  };
}

const normalized = { width: PICTURE_SIZE, height: PICTURE_SIZE };

async function* batches(
  pictures: readonly LabeledPicture[],
  read: (picture: LabeledPicture) => Promise<Result | undefined>,
  { width, height }: { width: number; height: number },
  indexOf: (label: string) => number,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImageSamples> {
  const size = Math.max(AT_ONCE, Math.min(BATCH, Math.floor(BATCH_PIXELS / (width * height))));
  for (let from = 0; from < pictures.length; from += size) {
    const labels: number[] = [];
    const results: Uint8Array[] = [];
    for (let at = from; at < Math.min(from + size, pictures.length); at += AT_ONCE) {
      signal?.throwIfAborted();
      const some = pictures.slice(at, Math.min(at + AT_ONCE, from + size));
      const read4 = await Promise.all(some.map(read));
      some.forEach(({ label }, index) => {
        const result = read4[index];
        if (!result) return;
        labels.push(indexOf(label));
        results.push(result.pixels);
      });
    }
    if (labels.length === 0) continue;
    const pixels = new Uint8Array(Buffer.concat(results));
    yield { kind: 'images', width, height, pixels, labels: Uint16Array.from(labels) };
  }
}

async function open(
  files: FileSource,
  name: string,
  { size }: ImageFolderOptions,
  budget?: PictureBudget,
  room = new PictureRoom(),
): Promise<GrayPicture> {
  const longest = size === 'keep' ? LARGEST_KEPT : undefined;
  const bytes = await files.read(name, MOST_BYTES);
  return readPicture(bytes, name, longest, (pixels, unpack) => {
    budget?.take(pixels, files.packedBytes?.(name) ?? bytes.length);
    return room.with(pixels, unpack);
  });
}

function convert(picture: GrayPicture, options: ImageFolderOptions): Result {
  if (options.size !== 'keep') return { ...normalized, pixels: normalizePhotograph(picture, options) };
  const { pen = 'auto' } = options;
  const dark = pen === 'auto' ? hasDarkPen(picture) : pen === 'dark';
  const pixels = Uint8Array.from(picture.pixels, (value) => (dark ? 255 - value : value));
  return { width: picture.width, height: picture.height, pixels };
}

async function firstSize(
  files: FileSource,
  pictures: readonly LabeledPicture[],
  options: ImageFolderOptions,
): Promise<{ width: number; height: number }> {
  let problem = '';
  for (const { name } of pictures) {
    try {
      return await open(files, name, options);
    } catch (error) {
      problem ||= sentenceOf(error);
    }
  }
  throw new DatasetError(problem);
}

/** The sentence of a picture that cannot be used; what is no such thing goes on as it is. */
function sentenceOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  throw error;
}
