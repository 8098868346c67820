import { Option, type Command } from 'commander';
import path from 'node:path';
import { BACKEND_CHOICES, type BackendChoice } from '../base/backendChoice';
import { knownData } from '../datasets/store/knownData';
import { SPLITS, type Split } from '../base/split';
import { judged, samplesPerSecond, type Judged } from '../engine/evaluation/judged';
import { evaluateStored } from '../engine/evaluation/storedEvaluation';
import { reportContent, writeReport } from '../engine/evaluation/writeReport';
import { type StillHere, sweepEvaluations } from '../evaluations/sweepEvaluations';
import { UsageError } from './errors';
import { printLineEvaluation } from './evaluateLines';
import { evaluationJson } from '../report/evaluationJson';
import { ACCURACY } from '../report/writersTable';
import { tableFile, writeConfusion, writeWriters } from './evaluation/tableFile';
import { comparisonLines, figureLines, pairLines, writerLines } from './evaluation/lines';
import { homeFolder } from './home';
import { interruptible } from './interruptible';
import { lineModelFolder } from './lineReference';
import { BUNDLED_FOLDER, modelFolder } from './modelReference';
import { print, say } from './output';
import { tenths } from './tenths';
import { usingBackend } from './usingBackend';

interface Options {
  model: string;
  dataset: string;
  split?: Split;
  alphabet: string;
  backend: BackendChoice;
  mergeCase?: boolean;
  compare?: string;
  report?: string;
  confusion?: string;
  writers?: string;
  fresh?: boolean;
  language?: string;
  lexicon?: string;
  json?: boolean;
}

export function addEvaluateCommand(program: Command): void {
  program
    .command('evaluate')
    .description('measure a model on labeled samples')
    .requiredOption('--model <id|folder|bundled>', 'the model')
    .requiredOption(
      '--dataset <id|path>',
      'a stored dataset, a folder, an ink file, or an EMNIST archive with the split behind #',
    )
    .addOption(
      new Option('--split <split>', 'which samples (test where the dataset has one, else all)').choices([
        ...SPLITS,
      ]),
    )
    .option('--alphabet <name|characters>', 'the classes that the model may give', 'all')
    .addOption(new Option('--backend <name>', 'what computes').choices([...BACKEND_CHOICES]).default('auto'))
    .option('--merge-case', 'take letters whatever their case, and 0 with O, as one')
    .option('--compare <id|folder|bundled>', 'another model, on the same samples')
    .option('--report <file>', 'write a report: an HTML file that needs no network, or every figure as .json')
    .option('--confusion <file>', 'write the confusion matrix, as .csv or .json')
    .option('--writers <file>', 'write the figures of each writer that is known, as .csv or .json')
    .option('--fresh', 'compute again though there is a stored result')
    .option(
      '--language <id>',
      "for lines: VS Code's id of the texts' language; without it the ink alone is read",
    )
    .option('--lexicon <file>', 'for lines: words that they may hold, as for recognize')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      const home = homeFolder(program.opts<{ home?: string }>().home);
      await interruptible((signal) => run(options, home, signal), 'Stopped: nothing is written.');
      // what it leaves goes the next time
      await sweepEvaluations(home, () => stillHere(home)).catch(() => undefined);
    });
}

async function run(options: Options, home: string, signal: AbortSignal): Promise<void> {
  const lines = await lineModelFolder(options.model, home);
  if (lines !== undefined) return evaluateLineModel(lines, options, home, signal);
  const confusion = tableFile('--confusion', options.confusion);
  const writers = tableFile('--writers', options.writers);
  const shown = await evaluateOne(options.model, options, home, signal);
  const other =
    options.compare === undefined ? undefined : await evaluateOne(options.compare, options, home, signal);
  const content = reportContent(shown, other);
  if (options.report !== undefined) await writeReport(...reportFile(options.report), shown, other);
  if (confusion) await writeConfusion(confusion, content.figures.classes, content.figures.confusion);
  if (writers) await writeWriters(writers, content.writers, ACCURACY);
  if (options.json) {
    print(JSON.stringify(evaluationJson(content)));
    return;
  }
  const { figures, evaluated } = shown;
  const { split } = evaluated.source;
  print(
    `${options.model} on ${options.dataset}, ${split}, alphabet ${options.alphabet}, ${String(figures.samples)} samples`,
  );
  for (const line of figureLines(figures)) print(line);
  print(
    `${samplesPerSecond(evaluated).toFixed(0)} samples a second${evaluated.stored ? ' when it was stored' : ''}`,
  );
  for (const line of pairLines(figures)) print(line);
  for (const line of writerLines(content.writers, ACCURACY)) print(line);
  const { comparison } = content;
  if (comparison) for (const line of comparisonLines(comparison.model, comparison.result)) print(line);
}

/** Measures a model of lines. */
async function evaluateLineModel(
  folder: string,
  options: Options,
  home: string,
  signal: AbortSignal,
): Promise<void> {
  const { compare, report, confusion, writers, backend, ...rest } = options;
  const other = compare === undefined ? undefined : await lineModelFolder(compare, home);
  if (compare !== undefined && other === undefined) {
    throw new UsageError(`${compare} is no model of lines: give --compare one.`);
  }
  await printLineEvaluation(
    folder,
    {
      ...rest,
      backend,
      compare: other,
      report: report === undefined ? undefined : reportFile(report),
      confusion: tableFile('--confusion', confusion),
      writers: tableFile('--writers', writers),
    },
    home,
    signal,
  );
}

/** Where a report goes, and in which format by its name. */
function reportFile(file: string): [file: string, format: 'html' | 'json'] {
  return [path.resolve(file), path.extname(file).toLowerCase() === '.json' ? 'json' : 'html'];
}

async function stillHere(home: string): Promise<StillHere> {
  return { models: [BUNDLED_FOLDER], hasData: await knownData(home) };
}

async function evaluateOne(
  reference: string,
  { dataset, split, alphabet, backend, mergeCase = false, fresh }: Options,
  home: string,
  signal: AbortSignal,
): Promise<Judged> {
  const model = await modelFolder(reference, home);
  const task = { model, home, dataset, split, fresh, alphabet };
  const evaluated = await evaluateStored(usingBackend(backend, home), task, {
    signal,
    onProgress: tenths(say),
  });
  for (const problem of evaluated.source.dataset.problems) say(`left out ${problem}`);
  if (evaluated.problem !== undefined) say(evaluated.problem);
  const result = judged(evaluated, { alphabet, merged: mergeCase });
  const { leftOut } = result.figures;
  if (leftOut > 0) {
    say(`${String(leftOut)} samples left out: the model and the alphabet have no character of their class`);
  }
  return result;
}
