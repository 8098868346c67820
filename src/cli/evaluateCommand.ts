import { Option, type Command } from 'commander';
import { openDataset } from '../datasets/open';
import { SPLITS, type Split } from '../datasets/samples';
import { startBackend } from '../engine/backends/startBackend';
import { evaluate } from '../engine/evaluation/evaluate';
import { loadModel } from '../engine/models/loadModel';
import { BACKEND_CHOICES, type BackendChoice } from '../models/runSettings';
import { homeFolder } from './home';
import { modelFolder } from './modelReference';
import { percent, print, say } from './output';

interface Options {
  model: string;
  dataset: string;
  split?: Split;
  alphabet: string;
  backend: BackendChoice;
  json?: boolean;
}

export function addEvaluateCommand(program: Command): void {
  program
    .command('evaluate')
    .description('measure a model on labelled samples')
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
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      const home = homeFolder(program.opts<{ home?: string }>().home);
      const folder = await modelFolder(options.model, home);
      const dataset = await openDataset(options.dataset, home);
      for (const problem of dataset.problems) say(`left out ${problem}`);
      const split = options.split ?? (dataset.officialSplits.includes('test') ? 'test' : 'all');
      const samples = await dataset.load(split);
      await startBackend(options.backend, home);
      const result = await evaluate(await loadModel(folder), dataset, samples, options.alphabet);
      if (result.leftOut > 0) {
        say(
          `${String(result.leftOut)} samples left out: the model and the alphabet have no character of their class`,
        );
      }
      if (options.json) {
        const { accuracy, top3, loss, macroF1, classes, confusion } = result;
        print(JSON.stringify({ accuracy, top3, loss, macroF1, samples: result.samples, classes, confusion }));
        return;
      }
      print(
        `${options.model} on ${options.dataset}, ${split}, alphabet ${options.alphabet}, ${String(result.samples)} samples`,
      );
      print(`accuracy ${percent(result.accuracy)}  top-3 ${percent(result.top3)}`);
      print(`loss ${result.loss.toFixed(4)}  macro F1 ${percent(result.macroF1)}`);
      print(`${((1000 * result.samples) / result.milliseconds).toFixed(0)} samples a second`);
      for (const line of worstPairs(result.classes, result.confusion)) print(line);
    });
}

/** The pairs that are confused most often, as lines of text. */
function worstPairs(classes: readonly string[], confusion: readonly (readonly number[])[]): string[] {
  return confusion
    .flatMap((row, truth) => row.map((count, predicted) => ({ truth, predicted, count })))
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 10)
    .map(
      ({ truth, predicted, count }) =>
        `${classes[truth] ?? ''} taken for ${classes[predicted] ?? ''}: ${String(count)}`,
    );
}
