import path from 'node:path';
import { isWebPage } from '../../base/webPage';
import { usualMapping } from '../formats/emnist';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { transpose } from '../formats/idx';
import type { ImageSamples } from '../samples';
import { indexSplits, type NamedSplit } from './fileSplits';
import { grayOf, grayRangeOf, together, type GrayRange } from './grayRange';
import { headOf } from './head';
import { isHidden } from './hidden';
import type { ImportSource } from './importSource';
import { mapLabels, type LabelMapping } from './labelMapping';
import { readPixelRows, surveyTable, type TableSurvey } from './pixelRows';
import { NoPixelRows, type TableLayout } from './tableLayout';
import { rowsInWords } from './rowsInWords';

export interface TableOptions {
  /** Whether each picture is stored transposed, as EMNIST's are; where the name says EMNIST, unless given. */
  readonly transposed?: boolean | undefined;
  /** Content of a file with lines of `label code [code]`. */
  readonly mapping?: string | undefined;
  /** The characters that the labels 0, 1, 2 and so on stand for. */
  readonly characters?: string | undefined;
}

/** Names of tables whatever is in them, and of files that may be some. */
const TABLE = /\.(csv|arff)(\.gz)?$/i;
const PERHAPS = /\.(tsv|txt|tab|data|dat|asc|tra|tes|train|test)(\.gz)?$/i;
/** Numbers of a row that is no note. */
const LEAST_NUMBERS = 65;

/** Whether a file name is that of a table. */
export function isTable(name: string): boolean {
  return TABLE.test(name);
}

/** The tables of a folder: by their names, or by what stands in them. */
export async function findTables(files: FileSource): Promise<string[]> {
  const found: string[] = [];
  for (const name of files.names) {
    if (isHidden(name)) continue;
    if (isTable(name) || (PERHAPS.test(name) && (await holdsNumbers(files, name)))) found.push(name);
  }
  return found;
}

async function holdsNumbers(files: FileSource, name: string): Promise<boolean> {
  const [first = ''] = (await headOf(files, name)).toString('latin1').trimStart().split(/\r?\n/, 1);
  const cells = first.trim().split(/[,;\t]|\s+/);
  return (
    cells.length >= LEAST_NUMBERS &&
    cells.slice(1, -1).every((cell) => cell === '' || Number.isFinite(Number(cell)))
  );
}

/**
 * Tables of pictures, one for each split: Kaggle's form of MNIST and EMNIST, UCI's, and what else has rows of a label and
 * pixels. Each file is read several times, first to know its columns, so that memory holds some thousand rows of it.
 *
 * @throws DatasetError where a file or its labels cannot be read
 */
export async function openTables(
  files: FileSource,
  tables: readonly string[],
  options: TableOptions,
  signal?: AbortSignal,
): Promise<ImportSource> {
  const problems: string[] = [];
  const found: (NamedSplit & TableSurvey)[] = [];
  for (const name of tables) {
    signal?.throwIfAborted();
    if (isWebPage(await headOf(files, name))) {
      problems.push(`${name} is a web page and no table: fetch it again.`);
      continue;
    }
    const survey = await surveyTable(() => files.stream(name), name).catch((error: unknown) => {
      // Kaggle adds a test file without labels, and an example of what to hand in
      if (!(error instanceof NoPixelRows)) throw error;
      problems.push(error.message);
      return undefined;
    });
    if (!survey) continue;
    found.push({ name, ...survey });
    if (survey.unlabeled > 0) problems.push(`${rowsInWords(survey.unlabeled)} without a label in ${name}`);
  }
  const [first] = found;
  if (!first)
    throw new DatasetError(problems[0] ?? `${files.location} holds no rows label,pixel…: check the path.`);
  const splits = indexSplits(found, files.location);
  const { size } = first.layout;
  const odd = found.find(({ layout }) => layout.size !== size);
  if (odd)
    throw new DatasetError(
      `${odd.name} has pictures of another size than ${first.name}: import one of them.`,
    );
  const side = Math.sqrt(size);
  if (!Number.isInteger(side)) {
    throw new DatasetError(
      `${first.name} has ${String(size)} pixels a row, which is no square: check the file.`,
    );
  }
  const labels = new Set<string>();
  for (const each of found) for (const label of each.labels) labels.add(label);
  const text = options.mapping ?? (await findMapping(files, first.name)) ?? usualMapping(first.name);
  const mapping = mapLabels(labels, {
    text,
    name: path.posix.basename(first.name),
    characters: options.characters,
  });
  const range = grayRangeOf(found.map(({ extent }) => extent).reduce(together));
  const transposed = options.transposed ?? /emnist/i.test(first.name);
  return {
    kind: 'images',
    height: side,
    width: side,
    classes: [...mapping.classes],
    covers: [...mapping.covers],
    officialSplits: splits.official,
    total: found.reduce((sum, { count }) => sum + count, 0),
    problems,
    splits: [...splits.bySplit].map(([split, { name, layout }]) => ({
      split,
      batches: batches(files, { name, layout, mapping, range, transposed }, signal),
    })),
  };
}

/** The mapping file beside the table, as EMNIST has one for each of its splits. */
async function findMapping(files: FileSource, table: string): Promise<string | undefined> {
  const stem = path.posix.basename(table).replace(/[-_](train|test).*$/i, '');
  const mappings = files.names.filter((name) => /mapping[^/]*\.txt$/i.test(name));
  const own = mappings.find((name) => path.posix.basename(name).startsWith(stem));
  const chosen = own ?? (mappings.length === 1 ? mappings[0] : undefined);
  return chosen === undefined ? undefined : (await files.read(chosen)).toString('latin1');
}

/** How the rows of a table become pictures. */
interface Reading {
  readonly name: string;
  readonly layout: TableLayout;
  readonly mapping: LabelMapping;
  readonly range: GrayRange;
  readonly transposed: boolean;
}

async function* batches(
  files: FileSource,
  { name, layout, mapping, range, transposed }: Reading,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImageSamples> {
  const side = Math.sqrt(layout.size);
  for await (const { labels, pixels: numbers } of readPixelRows(files.stream(name), layout, name)) {
    signal?.throwIfAborted();
    const pixels = Uint8Array.from(numbers.subarray(0, labels.length * layout.size), (value) =>
      grayOf(value, range),
    );
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
