import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { DatasetError } from '../errors';
import { readWhole } from '../files';
import {
  checkIdxLength,
  IDX_HEADER_BYTES,
  readIdxHeader,
  readIdxLabels,
  transpose,
  type IdxHeader,
} from './idx';
import type { ImageSamples } from '../samples';

/** Pictures that are in memory at a time. */
const BATCH = 4096;
/** No file of a dataset holds more, unpacked: EMNIST ByClass, the largest known, takes 547 MB. */
const MOST_BYTES = 2 ** 30;

/** What a gzipped IDX file must be. */
export interface IdxExpectation {
  readonly holds: 'images' | 'labels';
  /** Height and width of each picture. */
  readonly side: number;
  /** Of the unpacked content. */
  readonly sha256?: string | undefined;
}

/**
 * Reads a gzipped IDX file to its end without keeping it.
 *
 * @param name that messages give it
 * @returns how many images or labels it holds
 * @throws DatasetError where it is not what is expected: no gzip file, no IDX file, of another size, too short or too
 *   long for its header, or with another checksum
 */
export async function verifyIdx(
  file: string,
  expected: IdxExpectation,
  name = path.basename(file),
): Promise<number> {
  const hash = createHash('sha256');
  let header: IdxHeader | undefined;
  for await (const { bytes, header: found } of idxChunks(file, expected.holds, name)) {
    if (!header) checkSide(found, expected, name);
    header ??= found;
    if (expected.sha256 !== undefined) hash.update(bytes);
  }
  if (expected.sha256 !== undefined && hash.digest('hex') !== expected.sha256) {
    throw new DatasetError(`${name} is not as its publisher's checksum says: fetch it again.`);
  }
  return header?.count ?? 0;
}

function checkSide({ height, width }: IdxHeader, { holds, side }: IdxExpectation, name: string): void {
  if (holds === 'labels' || (height === side && width === side)) return;
  const [found, wanted] = [`${String(height)}x${String(width)}`, `${String(side)}x${String(side)}`];
  throw new DatasetError(`${name} holds images of ${found}, not of ${wanted}: give another address.`);
}

/** How a pair of IDX files is to be read. */
export interface IdxPair {
  readonly images: string;
  readonly labels: string;
  /** Whether each picture is stored transposed, as EMNIST's are. */
  readonly transposed: boolean;
  /** The index of the class that a stored label stands for; throws where there is none. */
  readonly classOf: (label: number, file: string) => number;
}

/**
 * The samples of a pair of gzipped IDX files, some thousands at a time and upright.
 *
 * @throws DatasetError where a file is damaged, the two differ in number, or a label has no class
 */
export async function* readIdxPair({
  images,
  labels,
  transposed,
  classOf,
}: IdxPair): AsyncGenerator<ImageSamples> {
  const [imagesName, labelsName] = [path.basename(images), path.basename(labels)];
  const stored = readIdxLabels(await readWhole(labels), labelsName);
  let done = 0;
  for await (const batch of imageBatches(images, imagesName)) {
    if (done === 0 && batch.total !== stored.length) {
      throw new DatasetError(
        `${labelsName} has another number of samples than ${imagesName}: fetch both again.`,
      );
    }
    const upright = transposed ? transpose(batch) : batch;
    const part = stored.subarray(done, done + batch.count);
    done += batch.count;
    yield {
      kind: 'images',
      height: upright.height,
      width: upright.width,
      pixels: upright.pixels,
      labels: Uint16Array.from(part, (label) => classOf(label, labelsName)),
    };
  }
}

async function* imageBatches(file: string, name: string) {
  let pending: Buffer[] = [];
  let length = 0;
  let left = Infinity;
  for await (const { header, data } of idxChunks(file, 'images', name)) {
    const { count: total, height, width } = header;
    left = Math.min(left, total);
    pending.push(data);
    length += data.length;
    for (let count = Math.min(BATCH, left); count > 0 && length >= count * height * width;) {
      const joined = Buffer.concat(pending, length);
      const pixels = joined.subarray(0, count * height * width);
      yield { total, count, height, width, pixels };
      pending = [joined.subarray(pixels.length)];
      length -= pixels.length;
      left -= count;
      count = Math.min(BATCH, left);
    }
  }
}

/**
 * The unpacked bytes of a gzipped IDX file as they come, each with the header and the data in it.
 *
 * @throws DatasetError where the file is no gzip file, is cut off, or does not hold what its header says
 */
async function* idxChunks(file: string, holds: 'images' | 'labels', name: string) {
  const packed = createReadStream(file);
  const unpacked = packed.pipe(createGunzip());
  packed.on('error', (error) => unpacked.destroy(error));
  let start: Buffer = Buffer.alloc(0);
  let header: IdxHeader | undefined;
  let length = 0;
  try {
    for await (const chunk of unpacked) {
      let data = chunk as Buffer;
      let bytes = data;
      if (!header) {
        bytes = data = start = Buffer.concat([start, data]);
        if (start.length < IDX_HEADER_BYTES) continue;
        header = readHeader(start, holds, name);
        data = start.subarray(header.dataStart);
      }
      length += data.length;
      // what is longer than it says is read no further
      if (length > header.dataBytes) checkIdxLength(length, header.dataBytes, name);
      yield { bytes, data, header };
    }
    // labels may be fewer than a header of images is long
    if (!header) {
      header = readHeader(start, holds, name);
      const data = start.subarray(header.dataStart);
      length = data.length;
      yield { bytes: start, data, header };
    }
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw new DatasetError(`${name} is no gzip file, cut off or damaged: fetch it again.`, { cause });
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
  checkIdxLength(length, header.dataBytes, name);
}

function readHeader(bytes: Buffer, holds: 'images' | 'labels', name: string): IdxHeader {
  const header = readIdxHeader(bytes, holds, name);
  if (header.dataBytes <= MOST_BYTES) return header;
  throw new DatasetError(
    `${name} claims ${String(header.count)} ${holds}, which no dataset's file holds: fetch it again.`,
  );
}
