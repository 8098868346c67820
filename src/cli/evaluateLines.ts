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
import type { LineScores } from '../metrics/lineScores';
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
    if (options.json) print(JSON.stringify({ decoding: decodingOf(options), ...jsonOf(evaluation) }));
    else printScores(options, split, evaluation);
  } finally {
    model.dispose();
  }
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
