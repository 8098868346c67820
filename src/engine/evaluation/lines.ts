import { setImmediate } from 'node:timers/promises';
import { DatasetError } from '../../datasets/errors';
import type { Split } from '../../base/split';
import type { Dataset } from '../../datasets/dataset';
import type { Samples } from '../../datasets/samples';
import type { Ink } from '../../ink/ink';
import type { Guide } from '../../ink/lines/guide';
import { rowTexts } from '../../ink/lines/rowTexts';
import { scoreLines, type LineScores, type ReadLine } from '../../metrics/lineScores';
import type { LineMetrics } from '../../models/lineCard';
import type { LikelyText } from '../../language/likelyText';
import type { LineModel } from '../recognition/lineModel';
import { DECODER_WEIGHTS } from '../recognition/lines/decoderWeights';
import { LineDecoder } from '../recognition/lines/lineDecoder';
import { plainReading } from '../recognition/lines/plainReading';
import { readRow } from '../recognition/lines/rowFrames';
import { nameOf } from '../training/cardParts';
import type { WorkEvents } from './predict';

/** Reads the ink of a line, on the guide lines that it was written on where they are known. */
export type ReadInk = (ink: Ink, guide?: Guide) => Promise<string>;

/** The reading of the ink alone: the best class of each frame, spaces where the gaps alone make them likely. */
export function greedyReader(model: LineModel): ReadInk {
  const isAllowed = model.characters.map(() => true);
  return async (ink, guide) =>
    plainReading((await readRow(model, ink, guide)).frames, isAllowed, DECODER_WEIGHTS);
}

/** The likeliest reading for a place: by the ink, the language and a lexicon. */
export function decodedReader(model: LineModel, likely: LikelyText): ReadInk {
  const decoder = new LineDecoder();
  return async (ink, guide) =>
    decoder.decode((await readRow(model, ink, guide)).frames, likely, { top: 1 })[0]?.text ?? '';
}

/** How well a split was read, with blanks left out of texts and answers and with them. */
export interface LineEvaluation {
  readonly read: readonly ReadLine[];
  readonly ignored: LineScores;
  readonly counted: LineScores;
}

/**
 * Reads a split of a dataset of ink whose labels are texts.
 *
 * @throws DatasetError where it cannot be read or holds pictures; the signal's reason when it is aborted
 */
export async function evaluateLines(
  read: ReadInk,
  dataset: Dataset,
  split: Split,
  { signal, onProgress }: WorkEvents = {},
): Promise<LineEvaluation> {
  const lines = await readLines(read, dataset, await dataset.load(split), { signal, onProgress });
  return { read: lines, ignored: scoreLines(lines), counted: scoreLines(lines, 'counted') };
}

/**
 * Reads samples one by one. Other work of the process has its turn after each.
 *
 * @param dataset whose samples they are
 * @throws DatasetError where they are pictures; the signal's reason when it is aborted
 */
export async function readLines(
  read: ReadInk,
  { id, classes }: Pick<Dataset, 'id' | 'classes'>,
  samples: Samples,
  { signal, onProgress }: WorkEvents = {},
): Promise<ReadLine[]> {
  if (samples.kind !== 'ink') {
    throw new DatasetError(`${id} holds pictures, but a model of lines reads ink: choose a dataset of ink.`);
  }
  const lines: ReadLine[] = [];
  for (const [index, ink] of samples.inks.entries()) {
    await setImmediate();
    signal?.throwIfAborted();
    const text = classes[samples.labels[index] ?? 0] ?? '';
    lines.push({ text, answer: await readRows(read, text, ink, samples.guides?.[index]) });
    onProgress?.(index + 1, samples.inks.length);
  }
  return lines;
}

/** Reads ink row by row where its text has several. */
async function readRows(read: ReadInk, text: string, ink: Ink, guide?: Guide): Promise<string> {
  const rows = rowTexts(text, ink, guide);
  if (rows.length < 2) return read(ink, guide);
  const answers: string[] = [];
  for (const row of rows) answers.push(await read(row.ink, row.guide));
  return answers.join('\n');
}

/** What a model's card says of the test split that its dataset has; nothing where there is none. */
export async function lineTestScores(model: LineModel, dataset: Dataset): Promise<LineMetrics[]> {
  if (!dataset.officialSplits.includes('test')) return [];
  const { ignored } = await evaluateLines(greedyReader(model), dataset, 'test');
  const { lines, cer, exact } = ignored;
  const name = nameOf(dataset);
  return [
    { dataset: name, split: 'test', samples: lines, decoding: 'greedy', cer: cer.value, exact: exact.value },
  ];
}
