import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { DatasetError } from '../../datasets/errors';
import type { CardEpoch } from '../../models/card';
import { ModelError } from '../../models/errors';
import type { BatchPoint } from '../../models/run';
import type { RunSettings } from '../../models/runSettings';
import type { BatchSource } from './batches/batchMaker';
import { batchesOf, type MadeBatch, type Waiting } from './batches/batchStream';
import { BatchThreads, type BatchThreadsOptions } from './batches/batchThreads';
import { classWeights, epochOrder } from './batches/epochOrder';
import type { Position, RunCheckpoint, Sums } from './checkpoint';
import { learningRateFactor } from './schedule';
import type { Batch, StepResult, Trainer } from './trainer';
import type { TrainingData } from './trainingData';

/** Samples that are judged at once when the weights are validated. */
const VALIDATION_BATCH = 256;
/** Milliseconds of training between two checkpoints. */
const CHECKPOINT_EVERY = 120_000;
/** Points of a run's curves between its epochs: enough for a picture, few enough for a file. */
const POINTS_PER_EPOCH = 100;
const POINTS_PER_RUN = 5000;

/** How a run ended: by its settings, by the person with or without wanting the model now. */
export type Outcome = 'finished' | 'stopped' | 'paused';

/** Where learning tells what it does, and where it is ended. */
export interface LearningEvents {
  /** Ends it at once, with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Asked after each step whether to end in good order. */
  readonly ending?: () => 'pause' | 'stop' | undefined;
  readonly onPhase?: (phase: 'training' | 'validating') => void;
  /** Samples learnt from so far, and in all epochs together. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly onPoint?: (point: BatchPoint) => void;
  readonly onEpoch?: (epoch: CardEpoch) => Promise<void> | void;
  /** Told every two minutes, after each epoch and when it is paused: all that is needed to go on from there. */
  readonly onCheckpoint?: (checkpoint: RunCheckpoint) => Promise<void>;
  /** Milliseconds, of any origin. */
  readonly now?: () => number;
}

export type Guard = <T>(work: () => Promise<T>) => Promise<T>;

/** What learning is done with, beside its data. */
export interface LearningTools extends LearningEvents {
  readonly guard?: Guard | undefined;
  readonly threads?: BatchThreadsOptions | undefined;
}

const nothing = (): Sums => ({ loss: 0, correct: 0, samples: 0 });

/** Takes a network through its epochs. */
export class Learning {
  private readonly threads: BatchThreads;
  private readonly weights: Float32Array | undefined;
  private readonly waiting: Waiting = { milliseconds: 0 };
  private readonly guard: Guard;
  private readonly now: () => number;
  private position: Position = {
    batch: 0,
    rate: 0,
    epoch: nothing(),
    point: nothing(),
    epochSeconds: 0,
    seconds: 0,
    history: [],
  };
  private lastLook: number;
  private lastCheckpoint: number;
  private trained = 0;

  constructor(
    private readonly trainer: Trainer,
    private readonly data: TrainingData,
    private readonly classes: readonly string[],
    private readonly settings: RunSettings,
    source: BatchSource,
    private readonly events: LearningTools,
  ) {
    this.threads = new BatchThreads(source, events.threads);
    if (settings.classBalancing === 'weights')
      this.weights = classWeights(data.chosen, data.labels, classes.length);
    this.guard = events.guard ?? ((work) => work());
    this.now = events.now ?? (() => performance.now());
    this.lastLook = this.now();
    this.lastCheckpoint = this.lastLook;
  }

  get history(): readonly CardEpoch[] {
    return this.position.history;
  }

  /** Share of the time of training in which the backend waited for batches. */
  get waitingShare(): number {
    return this.trained > 0 ? this.waiting.milliseconds / this.trained : 0;
  }

  /** @throws DatasetError where the checkpoint is of other data */
  async restore({ data, trainer, position }: RunCheckpoint): Promise<void> {
    if (!isDeepStrictEqual(data, this.learntFrom)) throw otherData();
    await this.trainer.restore(trainer);
    this.position = structuredClone(position);
  }

  private get learntFrom(): RunCheckpoint['data'] {
    return { checksum: this.data.checksum, classes: [...this.classes] };
  }

  /** Learns to the end of the settings, or until it is told to end. */
  async learn(): Promise<Outcome> {
    this.lastLook = this.now();
    // what is learnt so far is saved already
    if (this.events.ending?.() === 'pause') return 'paused';
    while (!this.isDone()) {
      const ended = (await this.learnEpoch()) ?? (await this.endEpoch());
      if (ended) return ended;
      const ending = this.events.ending?.();
      if (ending && !this.isDone()) return ending === 'pause' ? 'paused' : 'stopped';
    }
    return 'finished';
  }

  private isDone(): boolean {
    const { epochs, patience, stopAtAccuracy } = this.settings;
    const { history, seconds } = this.position;
    const last = history.at(-1);
    const accuracy = last?.validationAccuracy ?? last?.accuracy ?? 0;
    return (
      history.length >= epochs ||
      (patience > 0 && history.length - bestPlace(history) >= patience) ||
      (stopAtAccuracy > 0 && accuracy >= stopAtAccuracy) ||
      this.isOutOfTime(seconds)
    );
  }

  private isOutOfTime(seconds: number): boolean {
    const { stopAfterMinutes } = this.settings;
    return stopAfterMinutes > 0 && seconds >= 60 * stopAfterMinutes;
  }

  /** @returns how learning ended in the middle of the epoch, undefined where it did not */
  private async learnEpoch(): Promise<Outcome | undefined> {
    const { position, settings } = this;
    const epoch = position.history.length;
    const { chosen, labels } = this.data;
    const order = epochOrder(chosen, labels, settings.classBalancing, settings.seed, epoch);
    this.events.onPhase?.('training');
    const options = { from: position.batch, epoch, waiting: this.waiting };
    for await (const made of batchesOf(this.threads, order, settings.batchSize, options)) {
      position.rate = this.learningRate(order.length);
      const result = await this.guard(() => this.trainer.step(this.batchOf(made, true), position.rate));
      this.count(result, made.indices.length, order.length);
      // messages from outside have their turn
      await setImmediate();
      this.events.signal?.throwIfAborted();
      const ended = await this.afterStep(order.length);
      if (ended) return ended;
    }
    return undefined;
  }

  private learningRate(perEpoch: number): number {
    const { settings, position } = this;
    const progress = (position.history.length + position.epoch.samples / perEpoch) / settings.epochs;
    return settings.learningRate * learningRateFactor(settings.schedule, progress);
  }

  private count({ loss, correct }: StepResult, samples: number, perEpoch: number): void {
    const { position } = this;
    this.checkLoss(loss);
    position.batch++;
    for (const sums of [position.epoch, position.point]) {
      sums.loss += loss * samples;
      sums.correct += correct;
      sums.samples += samples;
    }
    this.countTime();
    const done = position.history.length * perEpoch + position.epoch.samples;
    this.events.onProgress?.(done, this.settings.epochs * perEpoch);
  }

  private checkLoss(loss: number): void {
    if (Number.isFinite(loss)) return;
    const epoch = this.position.history.length + 1;
    throw new ModelError(
      `The loss is no number any more in epoch ${epoch}: train again with a lower learning rate.`,
    );
  }

  private countTime(): void {
    const now = this.now();
    this.position.seconds += (now - this.lastLook) / 1000;
    this.position.epochSeconds += (now - this.lastLook) / 1000;
    this.trained += now - this.lastLook;
    this.lastLook = now;
  }

  /** Draws points, saves now and then, and ends where that is wanted before the epoch does. */
  private async afterStep(perEpoch: number): Promise<Outcome | undefined> {
    const { position, settings } = this;
    const steps = Math.ceil(perEpoch / settings.batchSize);
    const points = Math.max(1, Math.min(POINTS_PER_EPOCH, Math.round(POINTS_PER_RUN / settings.epochs)));
    if (position.batch % Math.ceil(steps / points) === 0) this.drawPoint(perEpoch);
    if (position.batch === steps) return undefined;
    const ending = this.events.ending?.();
    if (ending === 'pause' || this.now() - this.lastCheckpoint >= CHECKPOINT_EVERY) await this.checkpoint();
    if (ending) return ending === 'pause' ? 'paused' : 'stopped';
    return this.isOutOfTime(position.seconds) ? 'finished' : undefined;
  }

  private drawPoint(perEpoch: number): void {
    const { position } = this;
    const { loss, correct, samples } = position.point;
    this.events.onPoint?.({
      epoch: position.history.length + position.epoch.samples / perEpoch,
      loss: loss / samples,
      accuracy: correct / samples,
      learningRate: position.rate,
    });
    position.point = nothing();
  }

  /** @returns how learning ended before the epoch was validated, undefined where it did not */
  private async endEpoch(): Promise<Outcome | undefined> {
    const { position } = this;
    const validated = await this.validate();
    if (validated === 'pause') await this.checkpoint();
    if (typeof validated === 'string') return validated === 'pause' ? 'paused' : 'stopped';
    const { loss, correct, samples } = position.epoch;
    const line: CardEpoch = {
      epoch: position.history.length + 1,
      loss: loss / samples,
      accuracy: correct / samples,
      ...validated,
      learningRate: position.rate,
      seconds: position.epochSeconds,
    };
    position.history.push(line);
    if (line.validationLoss !== undefined && bestPlace(position.history) === position.history.length) {
      position.best = { epoch: line.epoch, weights: await this.guard(() => this.trainer.saveWeights()) };
    }
    Object.assign(position, { batch: 0, epoch: nothing(), epochSeconds: 0 });
    await this.events.onEpoch?.(line);
    await this.checkpoint();
    this.lastLook = this.now();
    return undefined;
  }

  /** @returns how learning is to end, where that is wanted before all is judged */
  private async validate(): Promise<
    Pick<CardEpoch, 'validationLoss' | 'validationAccuracy'> | 'pause' | 'stop'
  > {
    const { held } = this.data;
    if (held.length === 0) return {};
    this.events.onPhase?.('validating');
    let loss = 0;
    let correct = 0;
    for await (const made of batchesOf(this.threads, held, VALIDATION_BATCH)) {
      const ending = this.events.ending?.();
      if (ending) return ending;
      const result = await this.guard(() => this.trainer.judge(this.batchOf(made, false)));
      loss += result.loss;
      correct += result.correct;
      await setImmediate();
      this.events.signal?.throwIfAborted();
    }
    this.checkLoss(loss);
    return { validationLoss: loss / held.length, validationAccuracy: correct / held.length };
  }

  private batchOf({ indices, x }: MadeBatch, weighted: boolean): Batch {
    const { labels } = this.data;
    const classes = this.classes.length;
    const y = new Float32Array(indices.length * classes);
    indices.forEach((index, i) => (y[i * classes + (labels[index] ?? 0)] = 1));
    const { weights } = this;
    if (!weights || !weighted) return { x, y, size: indices.length };
    return {
      x,
      y,
      size: indices.length,
      weights: Float32Array.from(indices, (index) => weights[labels[index] ?? 0] ?? 0),
    };
  }

  private async checkpoint(): Promise<void> {
    this.lastCheckpoint = this.now();
    if (!this.events.onCheckpoint) return;
    await this.events.onCheckpoint({
      data: this.learntFrom,
      trainer: await this.guard(() => this.trainer.save()),
      position: this.position,
    });
  }

  /** Gives the network the best weights by validation, and says of which epoch they are; else it has the last ones. */
  async takeBest(): Promise<CardEpoch | undefined> {
    const { best, history, batch } = this.position;
    if (!best) return batch === 0 ? history.at(-1) : undefined;
    await this.guard(() => Promise.resolve(this.trainer.restoreWeights(best.weights)));
    return history[best.epoch - 1];
  }

  dispose(): Promise<void> {
    return this.threads.dispose();
  }
}

function otherData(): DatasetError {
  return new DatasetError(
    'The data of this run are no longer those that it began with: bring them back as they were, or train anew.',
  );
}

/** The number of the first epoch with the lowest validation loss; without validation it is the last one. */
function bestPlace(history: readonly CardEpoch[]): number {
  const losses = history.map(({ validationLoss }) => validationLoss);
  if (losses.includes(undefined)) return history.length;
  return losses.indexOf(Math.min(...(losses as number[]))) + 1;
}
