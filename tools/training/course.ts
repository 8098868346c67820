import { readFile } from 'node:fs/promises';
import path from 'node:path';
import v8 from 'node:v8';
import type { Command } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import type { Random } from '../../src/base/random';
import type { Batch, TrainerState } from '../../src/engine/training/pictureTrainer';
import type { Trainer } from '../../src/engine/training/trainer';
import type { CardEpoch } from '../../src/models/card';
import { advance, rateFactor, type End } from './progress';
import { endOf, recipeOptions, say, type RecipeOptions } from './recipeOptions';

/** Steps between two checkpoints, each of which is one line of the history. */
const STEPS_PER_EPOCH = 250;

/** What every recipe of a bundled model of pictures lets one choose. */
export interface CourseOptions extends RecipeOptions {
  readonly batchSize: number;
}

/** Adds the options that the recipes of pictures have. */
export function courseOptions(command: Command, usual: Parameters<typeof recipeOptions>[1]): Command {
  return recipeOptions(command, usual).option('--batch-size <number>', 'samples in a batch', Number, 128);
}

/** How far a training is. */
export interface Position {
  readonly step: number;
  /** 0 to 1. */
  readonly progress: number;
  readonly history: readonly CardEpoch[];
}

export const BEGINNING: Position = { step: 0, progress: 0, history: [] };

interface Checkpoint {
  readonly trainer: TrainerState;
  readonly batches: readonly number[];
  readonly position: Position;
}

/** Where batches come from. */
export interface Batches {
  readonly random: Random;
  /** @param progress of the training, 0 to 1 */
  next(size: number, progress: number): Batch;
}

/** One training that keeps checkpoints and goes on from the last one. */
export class Course {
  private readonly checkpointFile: string;
  private readonly end: End;

  constructor(
    private readonly trainer: Trainer,
    private readonly batches: Batches,
    private readonly options: CourseOptions,
  ) {
    this.checkpointFile = path.join(options.work, 'checkpoint.bin');
    this.end = endOf(options);
  }

  /**
   * Trains to the end.
   *
   * @param begin gives the position to start at where there is no checkpoint
   * @param onCheckpoint is waited for
   */
  async follow(
    begin: () => Promise<Position>,
    onCheckpoint: (position: Position) => Promise<void>,
  ): Promise<Position> {
    let position = (await this.restore()) ?? (await begin());
    const { again, write } = this.options;
    if (again !== undefined) position = { ...position, progress: again };
    say(`goes on from step ${String(position.step)}, ${percent(position.progress)}`);
    while (position.progress < 1 && write !== true) {
      position = await this.epoch(position);
      say(`${percent(position.progress)} ${JSON.stringify(position.history.at(-1))}`);
      await this.keep(position);
      await onCheckpoint(position);
    }
    return position;
  }

  private async restore(): Promise<Position | undefined> {
    const bytes = await readFile(this.checkpointFile).catch(() => undefined);
    if (!bytes) return undefined;
    const { trainer, batches, position } = v8.deserialize(bytes) as Checkpoint;
    await this.trainer.restore(trainer);
    this.batches.random.restore(batches);
    return position;
  }

  private async keep(position: Position): Promise<void> {
    const checkpoint: Checkpoint = {
      trainer: await this.trainer.save(),
      batches: this.batches.random.save(),
      position,
    };
    await writeFileAtomic(this.checkpointFile, v8.serialize(checkpoint));
  }

  private async epoch({ step: from, progress: begun, history }: Position): Promise<Position> {
    const { batchSize, learningRate } = this.options;
    const started = performance.now();
    let [step, progress, rate] = [from, begun, learningRate];
    let [loss, correct] = [0, 0];
    for (; step < from + STEPS_PER_EPOCH && progress < 1; step++) {
      const before = performance.now();
      rate = learningRate * rateFactor(step, progress);
      const result = await this.trainer.step(this.batches.next(batchSize, progress), rate);
      loss += result.loss;
      correct += result.correct;
      progress = advance(progress, this.end, (performance.now() - before) / 1000);
    }
    const epoch = {
      epoch: (history.at(-1)?.epoch ?? 0) + 1,
      loss: loss / (step - from),
      accuracy: correct / (step - from) / batchSize,
      learningRate: rate,
      seconds: (performance.now() - started) / 1000,
    };
    return { step, progress, history: [...history, epoch] };
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
