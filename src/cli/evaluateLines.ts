import type { BackendChoice } from '../base/backendChoice';
import type { Split } from '../base/split';
import { percentWithin } from '../base/words';
import { judgeLines, linesPerSecond, type JudgedLines } from '../engine/evaluation/judgedLines';
import { lineDecoding } from '../engine/evaluation/lineDecoding';
import { evaluateLinesStored } from '../engine/evaluation/storedLineEvaluation';
import { lineReportContent, writeLineReport } from '../engine/evaluation/writeLineReport';
import { alignLine, lineConfusionMatrix } from '../metrics/lineConfusion';
import type { ReportFormat } from '../protocol/engine/evaluation';
import { lineEvaluationJson } from '../report/lineEvaluationJson';
import { writerErrorRates } from '../metrics/writers';
import { ERROR_RATE } from '../report/writersTable';
import { writeConfusion, writeWriters, type TableFile } from './evaluation/tableFile';
import { lineComparisonLines, writerLines } from './evaluation/lines';
import { LANGUAGE_FOLDER, readLexicon } from './likelyText';
import { print, say } from './output';
import { tenths } from './tenths';
import { linesUsingBackend } from './usingBackend';

export interface LineEvaluationOptions {
  readonly model: string;
  readonly dataset: string;
  readonly split?: Split | undefined;
  readonly backend: BackendChoice;
  /** Of the texts, VS Code's id; without it and a lexicon the ink alone is read. */
  readonly language?: string | undefined;
  readonly lexicon?: string | undefined;
  /** Folder of another model of lines. */
  readonly compare?: string | undefined;
  readonly report?: readonly [file: string, format: ReportFormat] | undefined;
  /** A file for what was read as what. */
  readonly confusion?: TableFile | undefined;
  /** A file for the figures of each writer. */
  readonly writers?: TableFile | undefined;
  readonly fresh?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Measures a model of lines on labeled ink: CER, WER and the share read exactly, without blanks and with them. */
export async function printLineEvaluation(
  folder: string,
  options: LineEvaluationOptions,
  home: string,
  signal: AbortSignal,
): Promise<void> {
  const { compare, report, confusion, writers } = options;
  const shown = await evaluateOne(folder, options, home, signal);
  const other = compare === undefined ? undefined : await evaluateOne(compare, options, home, signal);
  const content = lineReportContent(shown, other);
  if (report) await writeLineReport(...report, shown, other);
  if (confusion) {
    const { classes, matrix } = lineConfusionMatrix(shown.lines.map((line) => alignLine(line, 'counted')));
    await writeConfusion(confusion, classes, matrix);
  }
  const rates = writerErrorRates(shown.lines, 'ignored');
  if (writers) await writeWriters(writers, rates, ERROR_RATE);
  if (options.json) {
    print(JSON.stringify(lineEvaluationJson(content)));
    return;
  }
  printScores(options, shown);
  for (const line of writerLines(rates, ERROR_RATE)) print(line);
  const { comparison } = content;
  if (comparison) for (const line of lineComparisonLines(comparison.model, comparison.results)) print(line);
}

async function evaluateOne(
  model: string,
  { dataset, split, backend, language, lexicon, fresh }: LineEvaluationOptions,
  home: string,
  signal: AbortSignal,
): Promise<JudgedLines> {
  const words = lexicon === undefined ? undefined : await readLexicon(lexicon);
  const decoding = await lineDecoding(LANGUAGE_FOLDER, { language, lexicon: words });
  const evaluated = await evaluateLinesStored(
    linesUsingBackend(backend, home),
    { model, home, dataset, split, fresh, decoding },
    { signal, onProgress: tenths(say) },
  );
  for (const problem of evaluated.source.dataset.problems) say(`left out ${problem}`);
  if (evaluated.problem !== undefined) say(evaluated.problem);
  return judgeLines(evaluated);
}

function printScores({ model, dataset }: LineEvaluationOptions, { evaluated, scores }: JudgedLines): void {
  const { stored, evaluation } = evaluated;
  const { split, decoding } = evaluation.header.key;
  const { ignored, counted } = scores;
  print(`${model} on ${dataset}, ${split}, ${decoding}, ${String(ignored.lines)} lines`);
  for (const [name, { cer, wer, exact }] of [
    ['with blanks', counted],
    ['without blanks', ignored],
  ] as const) {
    print(`${name}  CER ${percentWithin(cer)}  WER ${percentWithin(wer)}  exact ${percentWithin(exact)}`);
  }
  print(`${linesPerSecond(evaluated).toFixed(0)} lines a second${stored ? ' when it was stored' : ''}`);
}
