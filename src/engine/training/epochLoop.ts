import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { smallestOf } from '../../base/vectors';
import { DatasetError } from '../../datasets/errors';
import type { CardEpoch } from '../../models/card';
import { ModelError } from '../../models/errors';
import type { BatchPoint } from '../../runs/run';
import type { RunSettings } from '../../runs/runSettings';
import type { Position, RunCheckpoint, Sums } from './checkpoint';
import type { Course, Lessons, Validation } from './course';
import { learningRateFactor } from './schedule';
import type { StepResult } from './pictureTrainer';

/** Milliseconds of training between two checkpoints. */
const CHECKPOINT_EVERY = 120_000;

/** The loss is no number any more. */
export class Diverged extends ModelError {}

/** How a run ended: by its settings, by the user with or without wanting the model now. */
export type Outcome = 'finished' | 'stopped' | 'paused';

/** Where learning tells what it does, and where it is ended. */
export interface TrainingEvents {
  /** Ends it at once, with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Asked after each step whether to end in good order. */
  readonly ending?: () => 'pause' | 'stop' | undefined;
  /** Of the next step, where it does not follow the settings. */
  readonly learningRate?: () => number;
  readonly onPhase?: (phase: 'training' | 'validating') => void;
  /** Samples learned from so far, and in all epochs together. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly onPoint?: (point: BatchPoint) => void;
  /** The loss of each step that learned from something. */
  readonly onStep?: (learningRate: number, loss: number) => void;
  readonly onEpoch?: (epoch: CardEpoch) => Promise<void> | void;
  /** Told every two minutes, after each epoch and when it is paused: all that is needed to go on from there. */
  readonly onCheckpoint?: (checkpoint: RunCheckpoint) => Promise<void>;
  /** Milliseconds, of any origin. */
  readonly now?: () => number;
}

export type Guard = <T>(work: () => Promise<T>) => Promise<T>;

const nothing = (): Sums => ({ loss: 0, correct: 0, samples: 0 });

/** Takes a network through its epochs. */
export class EpochLoop {
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
    private readonly course: Course,
    private readonly settings: RunSettings,
    private readonly events: TrainingEvents,
    private readonly guard: Guard = (work) => work(),
  ) {
    this.now = events.now ?? (() => performance.now());
    this.lastLook = this.now();
    this.lastCheckpoint = this.lastLook;
  }

  get history(): readonly CardEpoch[] {
    return this.position.history;
  }

  /** Milliseconds of training since it was made. */
  get milliseconds(): number {
    return this.trained;
  }

  /** @throws DatasetError where the checkpoint is of other data */
  async restore({ data, trainer, position }: RunCheckpoint): Promise<void> {
    if (!isDeepStrictEqual(data, this.course.learnedFrom)) throw otherData();
    await this.course.restore(trainer);
    this.position = structuredClone(position);
  }

  /** Learns to the end of the settings, or until it is told to end. */
  async learn(): Promise<Outcome> {
    this.lastLook = this.now();
    // what is learned so far is saved already
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
    const { position } = this;
    const lessons = this.course.lessons(position.history.length);
    this.events.onPhase?.('training');
    for await (const lesson of lessons.from(position.batch)) {
      position.rate = this.learningRate(lessons.samples);
      const result = await this.guard(() => lesson.step(position.rate));
      this.count(result, lesson.samples, lessons.samples);
      // messages from outside have their turn
      await setImmediate();
      this.events.signal?.throwIfAborted();
      const ended = await this.afterStep(lessons);
      if (ended) return ended;
    }
    return undefined;
  }

  private learningRate(perEpoch: number): number {
    const { settings, position, events } = this;
    if (events.learningRate) return events.learningRate();
    const progress = (position.history.length + position.epoch.samples / perEpoch) / settings.epochs;
    return settings.learningRate * learningRateFactor(settings.schedule, progress);
  }

  private count(result: StepResult | undefined, samples: number, perEpoch: number): void {
    const { position } = this;
    const { loss, correct } = result ?? { loss: 0, correct: 0 };
    this.checkLoss(loss);
    if (result) this.events.onStep?.(position.rate, loss);
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
    throw new Diverged(
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
  private async afterStep({ samples, batches, pointEvery }: Lessons): Promise<Outcome | undefined> {
    const { position } = this;
    if (position.batch % pointEvery === 0) this.drawPoint(samples);
    if (position.batch === batches) return undefined;
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
      position.best = { epoch: line.epoch, weights: await this.guard(() => this.course.saveWeights()) };
    }
    Object.assign(position, { batch: 0, epoch: nothing(), epochSeconds: 0 });
    await this.events.onEpoch?.(line);
    await this.checkpoint();
    this.lastLook = this.now();
    return undefined;
  }

  /** @returns how learning is to end, where that is wanted before all is judged */
  private async validate(): Promise<Validation | 'pause' | 'stop'> {
    const judging = this.course.validate();
    if (!judging) return {};
    this.events.onPhase?.('validating');
    for (;;) {
      const ending = this.events.ending?.();
      if (ending || this.events.signal?.aborted) await judging.return({});
      this.events.signal?.throwIfAborted();
      if (ending) return ending;
      const { done, value } = await this.guard(() => judging.next());
      if (done) {
        this.checkLoss(value.validationLoss ?? 0);
        return value;
      }
      await setImmediate();
    }
  }

  private async checkpoint(): Promise<void> {
    this.lastCheckpoint = this.now();
    if (!this.events.onCheckpoint) return;
    await this.events.onCheckpoint({
      data: this.course.learnedFrom,
      trainer: await this.guard(() => this.course.save()),
      position: this.position,
    });
  }

  /** Gives the network the best weights by validation, and says of which epoch they are; else it has the last ones. */
  async takeBest(): Promise<CardEpoch | undefined> {
    const { best, history, batch } = this.position;
    if (!best) return batch === 0 ? history.at(-1) : undefined;
    await this.guard(() => Promise.resolve(this.course.restoreWeights(best.weights)));
    return history[best.epoch - 1];
  }
}

function otherData(): DatasetError {
  return new DatasetError(
    'The data of this run are no longer those that it began with: restore them, or start a new training.',
  );
}

/** The number of the first epoch with the lowest validation loss; without validation it is the last one. */
function bestPlace(history: readonly CardEpoch[]): number {
  const losses = history.map(({ validationLoss }) => validationLoss);
  if (losses.includes(undefined)) return history.length;
  return losses.indexOf(smallestOf(losses as number[])) + 1;
}
