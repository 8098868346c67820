import path from 'node:path';
import { usualMapping } from '../emnist';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { transpose } from '../idx';
import type { ImageSamples, Split } from '../samples';
import { indexSplits, type NamedSplit } from './fileSplits';
import type { ImportSource } from './importSource';
import { mapLabels, type LabelMapping } from './labelMapping';
import { NoPixelRows, readPixelRows } from './pixelRows';

export interface TableOptions {
  /** Whether each picture is stored transposed, as EMNIST's are; where the name says EMNIST, unless given. */
  readonly transposed?: boolean | undefined;
  /** Content of a file with lines of `label code [code]`. */
  readonly mapping?: string | undefined;
  /** The characters that the labels 0, 1, 2 and so on stand for. */
  readonly characters?: string | undefined;
}

/** Whether a file name is that of a CSV file. */
export function isCsv(name: string): boolean {
  return /\.csv(\.gz)?$/i.test(name);
}

/**
 * CSV files of pictures, one for each split: Kaggle's form of MNIST and EMNIST, and what else has rows `label,pixel…`.
 * Each file is read twice, first for its labels, so that memory holds some thousand rows of it.
 *
 * @throws DatasetError where a file or its labels cannot be read
 */
export async function openCsv(
  files: FileSource,
  options: TableOptions,
  signal?: AbortSignal,
): Promise<ImportSource> {
  const problems: string[] = [];
  const found: (NamedSplit & Survey)[] = [];
  for (const name of files.names.filter(isCsv)) {
    const survey = await surveyFile(files, name, signal).catch((error: unknown) => {
      // Kaggle adds a test file without labels, and an example of what to hand in
      if (!(error instanceof NoPixelRows)) throw error;
      problems.push(error.message);
      return undefined;
    });
    if (survey) found.push({ name, ...survey });
  }
  const [first] = found;
  if (!first)
    throw new DatasetError(problems[0] ?? `${files.location} holds no rows label,pixel…: check the path.`);
  const splits = indexSplits(found, files.location);
  const odd = found.find(({ size }) => size !== first.size);
  if (odd)
    throw new DatasetError(
      `${odd.name} has pictures of another size than ${first.name}: import one of them.`,
    );
  const side = Math.sqrt(first.size);
  if (!Number.isInteger(side)) {
    throw new DatasetError(
      `${first.name} has ${String(first.size)} pixels a row, which is no square: check the file.`,
    );
  }
  const labels = new Set(found.flatMap((each) => [...each.labels]));
  const text = options.mapping ?? (await findMapping(files, first.name)) ?? usualMapping(first.name);
  const mapping = mapLabels(labels, {
    text,
    name: path.posix.basename(first.name),
    characters: options.characters,
  });
  return {
    kind: 'images',
    height: side,
    width: side,
    classes: [...mapping.classes],
    covers: [...mapping.covers],
    officialSplits: splits.official,
    total: found.reduce((sum, { count }) => sum + count, 0),
    problems,
    splits: [...splits.bySplit].map(([split, { name }]: [Split, NamedSplit]) => ({
      split,
      batches: batches(files, name, mapping, options.transposed ?? /emnist/i.test(name), signal),
    })),
  };
}

interface Survey {
  readonly size: number;
  readonly count: number;
  readonly labels: ReadonlySet<string>;
}

async function surveyFile(files: FileSource, name: string, signal?: AbortSignal): Promise<Survey> {
  const labels = new Set<string>();
  let [size, count] = [0, 0];
  for await (const rows of readPixelRows(files.stream(name), name)) {
    signal?.throwIfAborted();
    size = rows.size;
    count += rows.labels.length;
    for (const label of rows.labels) labels.add(label);
  }
  if (count === 0) throw new DatasetError(`${name} has no rows label,pixel…: fetch it again.`);
  return { size, count, labels };
}

/** The mapping file beside the table, as EMNIST has one for each of its splits. */
async function findMapping(files: FileSource, table: string): Promise<string | undefined> {
  const stem = path.posix.basename(table).replace(/[-_](train|test).*$/i, '');
  const mappings = files.names.filter((name) => /mapping[^/]*\.txt$/i.test(name));
  const own = mappings.find((name) => path.posix.basename(name).startsWith(stem));
  const chosen = own ?? (mappings.length === 1 ? mappings[0] : undefined);
  return chosen === undefined ? undefined : (await files.read(chosen)).toString('latin1');
}

async function* batches(
  files: FileSource,
  name: string,
  mapping: LabelMapping,
  transposed: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImageSamples> {
  for await (const { labels, size, pixels } of readPixelRows(files.stream(name), name)) {
    signal?.throwIfAborted();
    const side = Math.sqrt(size);
    const stored = { count: labels.length, height: side, width: side, pixels };
    yield {
      kind: 'images',
      height: side,
      width: side,
      pixels: transposed ? transpose(stored).pixels : pixels,
      labels: Uint16Array.from(labels, (label) => mapping.classOf(label, name)),
    };
  }
}
