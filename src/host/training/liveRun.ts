import type { TrainingEpoch, TrainingProgress, TrainResult } from '../../protocol/engine/training';
import type { Curve } from './curve';
import type { Failure } from './engineEnds';

/** How a run's training ended. */
export type RunEnd =
  | { readonly how: TrainResult['outcome']; readonly result: TrainResult }
  | { readonly how: 'canceled' }
  | Failure;

export interface LiveRunOptions {
  readonly id: string;
  /** Of the model that comes of it. */
  readonly name: string;
  readonly epochs: number;
  readonly onProgress: (progress: TrainingProgress) => void;
  readonly onEpoch: (epoch: TrainingEpoch) => void;
}

/** A run that trains, and that this window can end. */
export interface LiveRun {
  readonly id: string;
  readonly name: string;
  readonly epochs: number;
  /** What it has learned before and since. */
  readonly curve: Curve;
  /** The newest. */
  readonly progress: TrainingProgress | undefined;
  /** Whether it goes on when this window is closed. */
  readonly outlives: boolean;
  readonly ended: Promise<RunEnd>;
  /** Ends it in good order: `pause` with a checkpoint, `stop` with a model. */
  end(how: 'pause' | 'stop'): Promise<void>;
  /** Ends it at once; what it has learned since its last checkpoint is lost. */
  cancel(): Promise<void>;
  /** Leaves it, for this window is closed. */
  dispose(): void;
}
