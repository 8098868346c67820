import { setImmediate } from 'node:timers/promises';
import type { Ink } from '../../ink/ink';
import type { Guide } from '../../ink/lines/guide';
import type { ImageSamples, InkSamples, Samples } from '../samples';
import { damaged, readFiles } from './cache';
import { readCachedInk, type CachedInk } from './inkCache';
import { PictureReader } from './pictureReader';
import type { StoredSplit } from './storedSplit';

/** Pictures, or drawings, that are read at a time where the whole is wanted. */
const BATCH = 2048;
/** Pixels that are read at a time. */
const MOST_PIXELS = 16 * 2 ** 20;

/**
 * The samples of a split, some at a time; no more are in memory.
 *
 * @param size most samples of a batch
 * @throws DatasetError where a file is damaged
 */
export function streamStored(split: StoredSplit, size = BATCH): AsyncGenerator<Samples> {
  return split.kind === 'images' ? streamPictures(split, size) : streamInk(split, size);
}

async function* streamPictures(split: StoredSplit, size: number): AsyncGenerator<ImageSamples> {
  const { height, width, labels } = split;
  const reader = new PictureReader(split);
  const most = Math.max(1, Math.min(size, Math.floor(MOST_PIXELS / (height * width))));
  try {
    for (let from = 0; from < labels.length; from += most) {
      const to = Math.min(labels.length, from + most);
      const pixels = reader.read(Array.from({ length: to - from }, (_, i) => from + i));
      yield { kind: 'images', height, width, pixels, labels: labels.subarray(from, to) };
      // who reads a large dataset must not keep others waiting
      await setImmediate();
    }
  } finally {
    reader.close();
  }
}

async function* streamInk({ name, parts, labels, places }: StoredSplit, size: number) {
  let batch = new InkBatch();
  let done = 0;
  let place = 0;
  for (const { file } of parts) {
    for await (const drawing of readCachedInk(file, name)) {
      const next = done + batch.inks.length;
      if ((places ? places[next] : next) !== place++) continue;
      batch.add(drawing);
      if (batch.inks.length < size) continue;
      yield batch.with(labels.subarray(done, (done += size)));
      batch = new InkBatch();
    }
  }
  if (place !== parts.reduce((sum, { count }) => sum + count, 0)) throw damaged(name);
  if (batch.inks.length > 0) yield batch.with(labels.subarray(done));
}

/** Drawings as they come. */
class InkBatch {
  readonly inks: Ink[] = [];
  readonly penWidths: (number | undefined)[] = [];
  readonly writers: (string | undefined)[] = [];
  private readonly guides: (Guide | undefined)[] = [];

  add({ ink, penWidth, writer, guide }: CachedInk): void {
    this.inks.push(ink);
    this.penWidths.push(penWidth);
    this.writers.push(writer);
    this.guides.push(guide);
  }

  with(labels: Uint16Array): InkSamples {
    const { inks, penWidths, writers, guides } = this;
    return {
      kind: 'ink',
      inks,
      penWidths,
      writers,
      labels,
      ...(guides.some((guide) => guide) && { guides }),
    };
  }
}

/**
 * The samples of a split in memory, pictures in such that threads share.
 *
 * @throws DatasetError where a file is damaged
 */
export async function loadStored(split: StoredSplit): Promise<Samples> {
  if (split.kind === 'ink') {
    for await (const all of streamInk(split, Infinity)) return all;
    return new InkBatch().with(split.labels);
  }
  const { name, height, width, labels, parts, places } = split;
  const pixels = new Uint8Array(new SharedArrayBuffer(labels.length * height * width));
  if (!places) {
    await readFiles(
      parts.map(({ file }) => file),
      pixels,
      name,
    );
  } else {
    let at = 0;
    for await (const batch of streamPictures(split, BATCH)) {
      pixels.set(batch.pixels, at);
      at += batch.pixels.length;
    }
  }
  return { kind: 'images', height, width, pixels, labels };
}
