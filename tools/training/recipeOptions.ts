import path from 'node:path';
import type { Command } from 'commander';
import { BACKENDS } from '../../src/engine/backends/backends';
import { timeOf, type End } from './progress';

/** What every recipe of a bundled model lets one choose. */
export interface RecipeOptions {
  readonly data: string;
  readonly work: string;
  readonly out: string;
  readonly steps: number;
  readonly until?: string;
  readonly learningRate: number;
  readonly seed: number;
  readonly native?: string;
  readonly again?: number;
  readonly write?: boolean;
}

/** The option of what computes, as `startBackend` takes it. */
export const NATIVE = [
  '--native <folder>',
  "compute with TensorFlow's library, built there by npm run test:native -- --folder",
] as const;

/** Adds the options that all recipes have. */
export function recipeOptions(
  command: Command,
  usual: Pick<RecipeOptions, 'work' | 'out' | 'steps' | 'learningRate'>,
): Command {
  return command
    .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
    .option('--work <folder>', 'where checkpoints are kept', usual.work)
    .option('--out <folder>', 'where the model is written', usual.out)
    .option('--steps <number>', 'batches', Number, usual.steps)
    .option(
      '--until <clock>',
      'end at a time of day such as 19:30 instead, however many batches come by then',
    )
    .option('--learning-rate <number>', 'at its highest', Number, usual.learningRate)
    .option('--seed <number>', 'of weights and samples', Number, 1)
    .option(...NATIVE)
    .option(
      '--again <share>',
      'go on as if only this share of the steps were done, with the learning rate of there',
      Number,
    )
    .option('--write', 'learn nothing: write the model as the last checkpoint has it');
}

/** When a recipe ends. */
export const endOf = ({ until, steps }: Pick<RecipeOptions, 'until' | 'steps'>): End =>
  until === undefined ? { steps } : { time: timeOf(until) };

/** A line of what a recipe says. */
export const say = (text: string): void =>
  void process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`);

/** Starts what computes, and gives its name. */
export async function startBackend(native: string | undefined): Promise<string> {
  const name = native === undefined ? 'wasm' : 'tensorflow-cpu';
  const { device } = await BACKENDS[name].start(path.join(native ?? '', 'home'));
  say(`${name} on ${device}`);
  return name;
}
