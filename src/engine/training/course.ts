import type { CardEpoch } from '../../models/card';
import type { RunCheckpoint } from './checkpoint';
import type { StepResult } from './pictureTrainer';

/** One batch to learn from. */
export interface Lesson {
  /** Samples that were drawn for it. */
  readonly samples: number;
  /** Learns from it; undefined where it holds nothing to learn from. */
  step(learningRate: number): Promise<StepResult | undefined>;
}

/** What a network goes through in one epoch. */
export interface Lessons {
  readonly samples: number;
  /** Batches, where it is known how many there are. */
  readonly batches?: number | undefined;
  /** Batches between two points of the curves. */
  readonly pointEvery: number;
  /** The batches, without so many of the first. */
  from(batch: number): AsyncIterable<Lesson> | Iterable<Lesson>;
}

export type Validation = Pick<CardEpoch, 'validationLoss' | 'validationAccuracy'>;

/** A network and what it learns from, batch by batch. */
export interface Course {
  /** What a checkpoint must be of. */
  readonly learnedFrom: RunCheckpoint['data'];
  /** @param epoch from 0 */
  lessons(epoch: number): Lessons;
  /** Judges what is held out, a batch at a time; undefined where nothing is. */
  validate(): AsyncGenerator<void, Validation> | undefined;
  saveWeights(): Promise<Float32Array[]>;
  restoreWeights(weights: readonly Float32Array[]): void;
  /** All that the next steps depend on, but the data. */
  save(): Promise<RunCheckpoint['trainer']>;
  restore(state: RunCheckpoint['trainer']): Promise<void>;
}
