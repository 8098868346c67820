import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import sharp from 'sharp';
import { writeInkml } from '../../ink/writeInkml';
import { writeWholeFolder } from '../../storage/wholeFolder';
import { DatasetError } from '../errors';
import { CLASSES_FILE } from '../import/classesFile';
import { folderNameOf } from '../import/className';
import { isOfTexts } from '../ofTexts';
import { readSplit, type ReadableSplit } from '../readableSplit';
import type { Dataset } from '../dataset';
import type { InkSamples, Samples } from '../samples';
import type { Split } from '../../base/split';
import { ctfLines } from './ctf';
import { idxImages, idxLabels, mappingText } from './idx';
import { pictureOf, sizeOf } from '../pictures';

export const EXPORT_FORMATS = ['ctf', 'idx', 'png', 'inkml', 'jsonl'] as const;
/** CNTK's text format, IDX pairs, a folder of PNG files for each class, or ink as InkML or JSON Lines. */
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
  readonly samples: ReadableSplit;
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
  jsonl: writeJsonLines,
};

/** Samples that are in memory at a time. */
const BATCH = 256;
/** Samples of one InkML file. */
const INK_OF_A_FILE = 500;
/** Characters of a folder's name, which every file system takes. */
const LONGEST_FOLDER = 200;
/** PNG files that are written at a time. */
const AT_ONCE = 8;

/**
 * Writes a dataset in another format to a new folder, which is whole or absent, with `classes.txt` (a line a class: its
 * name and the characters that it covers). Of a stored dataset no more than some hundred samples are in memory.
 *
 * @param open how its splits are read
 * @returns how many samples are written
 * @throws DatasetError where the format cannot hold the dataset, or the folder cannot be made; the signal's reason
 */
export async function exportDataset(
  dataset: Dataset,
  options: ExportOptions,
  open: typeof readSplit = readSplit,
): Promise<number> {
  const { format, out, split, signal, onProgress } = options;
  const official = dataset.officialSplits.length > 0 ? dataset.officialSplits : (['all'] as const);
  const splits = split === undefined ? official : [split];
  let done = 0;
  const write = async (folder: string) => {
    const opened = await Promise.all(splits.map(async (each) => open(dataset, each)));
    for (const { kind } of opened) checkShape(dataset, kind, format);
    const total = opened.reduce((sum, { labels }) => sum + labels.length, 0);
    const step = () => {
      signal?.throwIfAborted();
      done++;
      if (done % 1000 === 0 || done === total) onProgress?.(done, total);
    };
    for (const [at, samples] of opened.entries()) {
      await WRITERS[format]({ dataset, samples, split: splits[at] ?? 'all', folder, step });
    }
    const lines = dataset.classes.map((name, index) => `${name}\t${dataset.covers[index] ?? name}\n`);
    await writeFile(path.join(folder, 'classes.txt'), lines.join(''));
  };
  await writeWholeFolder(out, write, (sentence, cause) => new DatasetError(sentence, { cause }));
  return done;
}

/** @throws DatasetError where words or lines are to be pictures of characters */
function checkShape({ id, classes }: Dataset, kind: Samples['kind'], format: ExportFormat): void {
  if (format === 'inkml' || format === 'jsonl' || !isOfTexts({ kind, classes })) return;
  throw new DatasetError(
    `${id} holds words or lines, and ${format} is for characters: export it as InkML or JSON Lines.`,
  );
}

async function writeCtf({ dataset, samples, split, folder, step }: Task): Promise<void> {
  const lines = ctfLines(samples.batches(BATCH), dataset.classes.length, step);
  await pipeline(Readable.from(lines), createWriteStream(path.join(folder, `${split}.ctf`)));
}

async function writeIdx({ dataset, samples, split, folder, step }: Task): Promise<void> {
  if (dataset.classes.length > 256) {
    throw new DatasetError(
      `IDX holds 256 classes and ${dataset.id} has ${String(dataset.classes.length)}: export it as ${samples.kind === 'ink' ? 'InkML, JSON Lines or PNG' : 'PNG'}.`,
    );
  }
  const images = path.join(folder, `${split}-images-idx3-ubyte.gz`);
  await pipeline(Readable.from(idxImages(samples, BATCH, step)), createGzip(), createWriteStream(images));
  const labels = path.join(folder, `${split}-labels-idx1-ubyte.gz`);
  await pipeline(Readable.from(idxLabels(samples)), createGzip(), createWriteStream(labels));
  const { classes, covers } = dataset;
  await writeFile(path.join(folder, CLASSES_FILE), `${JSON.stringify({ classes, covers })}\n`);
  // a mapping has room for one character of a class
  if (classes.some((name) => [...name].length > 1)) return;
  await writeFile(path.join(folder, 'mapping.txt'), mappingText(classes, covers));
}

async function writePngFolders({ dataset, samples, split, folder, step }: Task): Promise<void> {
  const long = dataset.classes.find((name) => folderNameOf(name).length > LONGEST_FOLDER);
  if (long !== undefined) {
    throw new DatasetError(
      `The label "${long.slice(0, 30)}…" of ${dataset.id} is too long for a folder's name: export it as ${samples.kind === 'ink' ? 'InkML or JSON Lines' : 'IDX'}.`,
    );
  }
  const folders = dataset.classes.map((name) =>
    path.join(folder, ...(split === 'all' ? [] : [split]), folderNameOf(name)),
  );
  for (const each of folders) await mkdir(each, { recursive: true });
  let number = 0;
  for await (const batch of samples.batches(AT_ONCE)) {
    const pictures = Array.from(batch.labels, (label, index) => {
      const name = `${String(number + index).padStart(6, '0')}.png`;
      return writePng(path.join(folders[label] ?? folder, name), batch, index);
    });
    await Promise.all(pictures);
    pictures.forEach(step);
    number += pictures.length;
  }
}

async function writePng(file: string, samples: Samples, index: number): Promise<void> {
  const { height, width } = sizeOf(samples);
  const raw = { width, height, channels: 1 as const };
  await sharp(Buffer.from(pictureOf(samples, index)), { raw })
    .png()
    .toFile(file);
}

async function writeInkmlFiles({ dataset, samples, split, folder, step }: Task): Promise<void> {
  checkIsInk(dataset, samples);
  let number = 0;
  for await (const batch of samples.batches(INK_OF_A_FILE)) {
    const characters = batch.kind === 'ink' ? charactersOf(dataset, batch) : [];
    const name = `${split}-${String(number++).padStart(4, '0')}.inkml`;
    await writeFile(path.join(folder, name), writeInkml(characters, `${dataset.id}, ${split}`));
    characters.forEach(step);
  }
}

async function writeJsonLines({ dataset, samples, split, folder, step }: Task): Promise<void> {
  checkIsInk(dataset, samples);
  const lines = jsonLines(samples.batches(INK_OF_A_FILE), dataset, step);
  await pipeline(Readable.from(lines), createWriteStream(path.join(folder, `${split}.jsonl`)));
}

async function* jsonLines(
  batches: AsyncIterable<Samples>,
  dataset: Dataset,
  step: () => void,
): AsyncGenerator<string> {
  let number = 0;
  for await (const batch of batches) {
    const drawings = batch.kind === 'ink' ? charactersOf(dataset, batch) : [];
    const lines = drawings.map(({ ink, ...about }) =>
      JSON.stringify({ id: String(number++), ...about, strokes: ink }),
    );
    drawings.forEach(step);
    yield `${lines.join('\n')}\n`;
  }
}

function checkIsInk({ id }: Dataset, { kind }: ReadableSplit): void {
  if (kind === 'ink') return;
  throw new DatasetError(`${id} holds pictures and no ink: export it as PNG, IDX or CTF.`);
}

function charactersOf({ classes }: Dataset, { inks, writers, penWidths, guides, labels }: InkSamples) {
  return Array.from(labels, (label, index) => ({
    label: classes[label] ?? '',
    ink: inks[index] ?? [],
    writer: writers[index],
    penWidth: penWidths[index],
    guide: guides?.[index],
  }));
}
