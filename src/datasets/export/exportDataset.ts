import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import sharp from 'sharp';
import { writeInkml } from '../../ink/writeInkml';
import { writeWholeFolder } from '../../storage/wholeFolder';
import { DatasetError } from '../errors';
import { folderNameOf } from '../import/className';
import type { Dataset, InkSamples, Samples, Split } from '../samples';
import { ctfLines } from './ctf';
import { idxImages, idxLabels, mappingText } from './idx';
import { pictureOf, sizeOf } from '../pictures';

export const EXPORT_FORMATS = ['ctf', 'idx', 'png', 'inkml'] as const;
/** CNTK's text format, IDX pairs, a folder of PNG files for each class, or InkML. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  readonly format: ExportFormat;
  /** The folder to write, which must not be there yet. */
  readonly out: string;
  /** One split alone; all that there are unless given. */
  readonly split?: Split | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What is written for one split. */
interface Task {
  readonly dataset: Dataset;
  readonly samples: Samples;
  readonly split: Split;
  readonly folder: string;
  /** Says that a sample more is written, and ends the work where it is to end. */
  readonly step: () => void;
}

const WRITERS: Record<ExportFormat, (task: Task) => Promise<void>> = {
  ctf: writeCtf,
  idx: writeIdx,
  png: writePngFolders,
  inkml: writeInkmlFiles,
};

/** Samples of one InkML file. */
const INK_OF_A_FILE = 500;
/** PNG files that are written at a time. */
const AT_ONCE = 8;

/**
 * Writes a dataset in another format to a new folder, which is whole or absent, with `classes.txt` (a line a class: its
 * name and the characters that it covers). One split at a time is in memory.
 *
 * @returns how many samples are written
 * @throws DatasetError where the format cannot hold the dataset, or the folder cannot be made; the signal's reason
 */
export async function exportDataset(dataset: Dataset, options: ExportOptions): Promise<number> {
  const { format, out, split, signal, onProgress } = options;
  const official = dataset.officialSplits.length > 0 ? dataset.officialSplits : (['all'] as const);
  const splits = split === undefined ? official : [split];
  let done = 0;
  const write = async (folder: string) => {
    let total = 0;
    for (const each of splits) {
      const samples = await dataset.load(each);
      total += samples.labels.length;
      const step = () => {
        signal?.throwIfAborted();
        done++;
        if (done % 1000 === 0 || done === total) onProgress?.(done, total);
      };
      await WRITERS[format]({ dataset, samples, split: each, folder, step });
    }
    const lines = dataset.classes.map((name, index) => `${name}\t${dataset.covers[index] ?? name}\n`);
    await writeFile(path.join(folder, 'classes.txt'), lines.join(''));
  };
  await writeWholeFolder(out, write, (sentence, cause) => new DatasetError(sentence, { cause }));
  return done;
}

async function writeCtf({ dataset, samples, split, folder, step }: Task): Promise<void> {
  await write(path.join(folder, `${split}.ctf`), stepping(ctfLines(samples, dataset.classes.length), step));
}

async function writeIdx({ dataset, samples, split, folder, step }: Task): Promise<void> {
  if (dataset.classes.length > 256) {
    throw new DatasetError(
      `IDX holds 256 classes and ${dataset.id} has ${String(dataset.classes.length)}: export it as png.`,
    );
  }
  if (dataset.classes.some((name) => [...name].length > 1)) {
    throw new DatasetError(
      `IDX names classes by one character, which ${dataset.id} does not: export it as png.`,
    );
  }
  const images = path.join(folder, `${split}-images-idx3-ubyte.gz`);
  await write(images, afterFirst(idxImages(samples), step), createGzip());
  await write(path.join(folder, `${split}-labels-idx1-ubyte.gz`), idxLabels(samples), createGzip());
  await writeFile(path.join(folder, 'mapping.txt'), mappingText(dataset.classes, dataset.covers));
}

async function writePngFolders({ dataset, samples, split, folder, step }: Task): Promise<void> {
  const { height, width } = sizeOf(samples);
  const folders = dataset.classes.map((name) =>
    path.join(folder, ...(split === 'all' ? [] : [split]), folderNameOf(name)),
  );
  for (const each of folders) await mkdir(each, { recursive: true });
  const { length } = samples.labels;
  for (let from = 0; from < length; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, length - from) }, (_, index) => from + index);
    await Promise.all(
      some.map(async (index) => {
        const file = path.join(
          folders[samples.labels[index] ?? 0] ?? folder,
          `${String(index).padStart(6, '0')}.png`,
        );
        const png = sharp(Buffer.from(pictureOf(samples, index)), {
          raw: { width, height, channels: 1 },
        }).png();
        await png.toFile(file);
      }),
    );
    some.forEach(step);
  }
}

async function writeInkmlFiles({ dataset, samples, split, folder, step }: Task): Promise<void> {
  if (samples.kind !== 'ink') {
    throw new DatasetError(`${dataset.id} holds pictures and no ink: export it as png, idx or ctf.`);
  }
  for (let from = 0; from < samples.labels.length; from += INK_OF_A_FILE) {
    const some = charactersOf(dataset, samples, from, step);
    const name = `${split}-${String(from / INK_OF_A_FILE).padStart(4, '0')}.inkml`;
    await writeFile(path.join(folder, name), writeInkml(some, `${dataset.id}, ${split}`));
  }
}

function charactersOf({ classes }: Dataset, samples: InkSamples, from: number, step: () => void) {
  return Array.from(samples.labels.subarray(from, from + INK_OF_A_FILE), (label, index) => {
    step();
    return {
      label: classes[label] ?? '',
      ink: samples.inks[from + index] ?? [],
      writer: samples.writers[from + index],
      penWidth: samples.penWidths[from + index],
    };
  });
}

function* stepping<T>(pieces: Iterable<T>, step: () => void): Generator<T> {
  for (const piece of pieces) {
    yield piece;
    step();
  }
}

function* afterFirst<T>(pieces: Iterable<T>, step: () => void): Generator<T> {
  let first = true;
  for (const piece of pieces) {
    yield piece;
    if (!first) step();
    first = false;
  }
}

/** Writes pieces to a file, no faster than the disk takes them. */
async function write(file: string, pieces: Iterable<string | Buffer>, through?: Transform): Promise<void> {
  const from = Readable.from(pieces);
  await (through
    ? pipeline(from, through, createWriteStream(file))
    : pipeline(from, createWriteStream(file)));
}
