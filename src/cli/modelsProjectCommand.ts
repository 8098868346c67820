import { Option, type Command } from 'commander';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { BACKEND_CHOICES, type BackendChoice } from '../base/backendChoice';
import { SPLITS, type Split } from '../base/split';
import { judged } from '../engine/evaluation/judged';
import { evaluateStored, type Models } from '../engine/evaluation/storedEvaluation';
import {
  type ProjectionEvents,
  projectStored,
  type ProjectionTask,
} from '../engine/projection/storedProjection';
import { exportEmbeddings } from '../engine/projection/tensorBoard/exportEmbeddings';
import { samplesAt } from '../metrics/samplesAt';
import { csvOf, type Cell } from '../base/csv';
import { predictionOf } from '../metrics/wrongAndSure';
import { ModelError } from '../models/errors';
import { readProjectionFile, type ProjectionMethod } from '../evaluations/projectionFile';
import {
  MOST_PROJECTED,
  PROJECTION_METHODS,
  type ProjectionPhase,
  USUAL_PROJECTED,
} from '../protocol/projection';
import { UsageError } from './errors';
import { interruptible } from './interruptible';
import { modelFolder } from './modelReference';
import { numberBetween } from './numbers';
import { print, say } from './output';
import { tenths } from './tenths';
import { usingBackend } from './usingBackend';

interface Options {
  model: string;
  dataset: string;
  split?: Split;
  method: ProjectionMethod;
  limit: number;
  alphabet: string;
  backend: BackendChoice;
  out?: string;
  tensorboard?: string;
}

/** `models project`. */
export function addProjectCommand(models: Command, home: () => string): void {
  models
    .command('project')
    .description('lay samples out in the plane by what a model makes of them, or write that for TensorBoard')
    .requiredOption('--model <id|folder|bundled>', 'the model')
    .requiredOption('--dataset <id|path>', 'the samples')
    .addOption(
      new Option('--split <split>', 'which samples (test where the dataset has one, else all)').choices([
        ...SPLITS,
      ]),
    )
    .addOption(
      new Option('--method <method>', 'how they are laid out')
        .choices([...PROJECTION_METHODS])
        .default('umap'),
    )
    .option(
      '--limit <samples>',
      `of a larger split so many, evenly spread, at most ${String(MOST_PROJECTED)}`,
      numberBetween(1, MOST_PROJECTED, true),
      USUAL_PROJECTED,
    )
    .option('--alphabet <name|characters>', 'the classes that the model may give', 'all')
    .addOption(new Option('--backend <name>', 'what computes').choices([...BACKEND_CHOICES]).default('auto'))
    .option('--out <file>', 'write where each sample lies, as .csv')
    .option('--tensorboard <folder>', "write a new folder for TensorBoard's projector")
    .action(async (options: Options) => {
      if (options.out === undefined && options.tensorboard === undefined) {
        throw new UsageError('Give --out FILE.csv for the layout, or --tensorboard FOLDER for TensorBoard.');
      }
      await interruptible((signal) => run(options, home(), signal), 'Stopped: nothing is written.');
    });
}

type Task = Omit<ProjectionTask, 'method'> & { readonly alphabet: string };

async function run(options: Options, home: string, signal: AbortSignal): Promise<void> {
  const { dataset, split, alphabet, limit, method, out, tensorboard } = options;
  const model = await modelFolder(options.model, home);
  const task: Task = { model, home, dataset, split, most: limit, alphabet };
  const models = usingBackend(options.backend, home);
  if (out !== undefined) {
    const rows = await layoutRows(models, task, method, signal);
    await writeFileAtomic(path.resolve(out), csvOf([COLUMNS, ...rows])).catch((cause: unknown) => {
      throw new ModelError(`${out} cannot be written: choose another place.`, { cause });
    });
    print(`${String(rows.length)} samples in ${out}`);
  }
  if (tensorboard === undefined) return;
  const events = { signal, onProgress: tenths(say) };
  const folder = path.resolve(tensorboard);
  const samples = await exportEmbeddings(models, { ...task, merged: false, out: folder }, events);
  print(`${String(samples)} samples in ${tensorboard}: tensorboard --logdir ${tensorboard}`);
}

const WORDS: Record<ProjectionPhase, string> = {
  embedding: 'computing embeddings',
  neighbors: 'looking for neighbors',
  layout: 'laying out',
};

const COLUMNS = ['index', 'label', 'prediction', 'probability', 'x', 'y'];

/** A row of each sample that is judged. */
async function layoutRows(
  models: Models,
  task: Task,
  method: ProjectionMethod,
  signal: AbortSignal,
): Promise<Cell[][]> {
  const evaluated = await evaluateStored(models, task, { signal, onProgress: tenths(say) });
  const { judgment } = judged(evaluated, { alphabet: task.alphabet, merged: false });
  const file = await projectStored(models, { ...task, method }, { signal, onProgress: phaseLines() });
  const { places, coordinates } = await readProjectionFile(file);
  const sampleAt = samplesAt(judgment, evaluated.evaluation.places);
  return [...places].flatMap((place, row) => {
    const sample = sampleAt(place);
    if (sample === undefined) return [];
    const { truth, predicted, probability } = predictionOf(judgment, sample);
    const [x = 0, y = 0] = coordinates.subarray(2 * row, 2 * row + 2);
    return [[place, truth, predicted, probability.toFixed(4), x.toFixed(5), y.toFixed(5)]];
  });
}

/** Says what the work is at when something else begins, and at the end how long the layout took. */
function phaseLines(): ProjectionEvents['onProgress'] {
  let said: ProjectionPhase | undefined;
  let started = 0;
  return (phase, done, total) => {
    if (phase !== said) say(WORDS[phase]);
    if (phase !== said && phase === 'neighbors') started = performance.now();
    said = phase;
    if (phase === 'layout' && done === total) {
      say(`laid out in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
  };
}
