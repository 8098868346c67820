import writeFileAtomic from 'write-file-atomic';
import { openDataset } from '../datasets/open';
import type { Split } from '../base/split';
import { percentWithin } from '../base/words';
import {
  decodedReader,
  evaluateLines,
  greedyReader,
  type LineEvaluation,
  type ReadInk,
} from '../engine/evaluation/lines';
import { loadLineModel, type LineModel } from '../engine/recognition/lineModel';
import { alignLine, lineConfusionMatrix } from '../metrics/lineConfusion';
import type { LineScores } from '../metrics/lineScores';
import { ModelError } from '../models/errors';
import { confusionCsv, confusionJson } from '../report/confusionTable';
import { likelyTextAt } from './likelyText';
import { print, say } from './output';
import { tenths } from './tenths';

export interface LineEvaluationOptions {
  readonly model: string;
  readonly dataset: string;
  readonly split?: Split | undefined;
  /** Of the texts, VS Code's id; without it and a lexicon the ink alone is read. */
  readonly language?: string | undefined;
  readonly lexicon?: string | undefined;
  /** A file for what was read as what. */
  readonly confusion?: { readonly file: string; readonly format: 'csv' | 'json' } | undefined;
  readonly json?: boolean | undefined;
}

/** Measures a model of lines on labeled ink: CER, WER and the share read exactly, without blanks and with them. */
export async function printLineEvaluation(
  folder: string,
  options: LineEvaluationOptions,
  home: string,
  signal: AbortSignal,
): Promise<void> {
  const dataset = await openDataset(options.dataset, home);
  for (const problem of dataset.problems) say(`left out ${problem}`);
  const split = options.split ?? (dataset.officialSplits.includes('test') ? 'test' : 'all');
  const model = await loadLineModel(folder);
  try {
    const read = await readerOf(model, options);
    const evaluation = await evaluateLines(read, dataset, split, { signal, onProgress: tenths(say) });
    if (options.confusion) await writeConfusion(options.confusion, evaluation);
    if (options.json) print(JSON.stringify({ decoding: decodingOf(options), ...jsonOf(evaluation) }));
    else printScores(options, split, evaluation);
  } finally {
    model.dispose();
  }
}

/** Writes how often each character was read as each, with a row for what was added and a column for what was left out. */
async function writeConfusion(
  { file, format }: NonNullable<LineEvaluationOptions['confusion']>,
  { read }: LineEvaluation,
): Promise<void> {
  const { classes, matrix } = lineConfusionMatrix(read.map((line) => alignLine(line, 'counted')));
  const text = format === 'csv' ? confusionCsv(classes, matrix) : confusionJson(classes, matrix);
  await writeFileAtomic(file, text).catch((cause: unknown) => {
    throw new ModelError(`${file} cannot be written: choose another place.`, { cause });
  });
}

/** Reads by the ink alone, or with what language and lexicon make likely. */
async function readerOf(model: LineModel, options: LineEvaluationOptions): Promise<ReadInk> {
  if (decodingOf(options) === 'greedy') return greedyReader(model);
  const { language, lexicon } = options;
  return decodedReader(model, await likelyTextAt({ language, lexicon }));
}

const decodingOf = ({ language, lexicon }: LineEvaluationOptions) =>
  language === undefined && lexicon === undefined ? 'greedy' : 'decoded';

function jsonOf({ ignored, counted }: LineEvaluation): object {
  const figures = ({ cer, wer, exact }: LineScores) => ({
    cer: cer.value,
    wer: wer.value,
    exact: exact.value,
  });
  const intervals = ({ cer, wer, exact }: LineScores) => ({
    cer: cer.interval,
    wer: wer.interval,
    exact: exact.interval,
  });
  return {
    lines: ignored.lines,
    ...figures(counted),
    intervals: intervals(counted),
    withoutBlanks: { ...figures(ignored), intervals: intervals(ignored) },
  };
}

function printScores(
  options: LineEvaluationOptions,
  split: Split,
  { ignored, counted }: LineEvaluation,
): void {
  const { model, dataset } = options;
  print(`${model} on ${dataset}, ${split}, ${decodingOf(options)}, ${ignored.lines} lines`);
  for (const [name, { cer, wer, exact }] of [
    ['with blanks', counted],
    ['without blanks', ignored],
  ] as const) {
    print(`${name}  CER ${percentWithin(cer)}  WER ${percentWithin(wer)}  exact ${percentWithin(exact)}`);
  }
}
