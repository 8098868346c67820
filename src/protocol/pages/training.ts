import * as z from 'zod/mini';
import type { RunState } from '../../runs/run';
import type { Failed } from './failed';
import type { TrainingEpoch, TrainingProgress } from '../engine/training';

/** Runs that are compared at a time: as many as can still be told apart. */
export const MOST_PICKED = 6;

export interface RunSummary {
  id: string;
  /** Of the model that comes of it. */
  name: string;
  dataset: string;
  network: string;
  /** `waiting` for others that train. */
  state: RunState | 'waiting';
  /** Where it waits in the queue, from 1. */
  turn?: number;
  /** Whether this window can end it, or which computes it, if any does. */
  where: 'here' | 'elsewhere' | 'nowhere';
  /** Whether it goes on when all windows are closed. */
  outlives?: true;
  /** Samples learned from so far, and in all epochs together. */
  done: number;
  total: number;
  epochs: number;
  /** Of the best epoch, a fraction: of the validation part where there is one. */
  accuracy?: number;
  /** Time spent in epochs. */
  seconds: number;
  /** Why it failed. */
  message?: string;
  /** Whether there is a model of it. */
  hasModel: boolean;
}

/**
 * The points between epochs, oldest first, one entry a point in each column. A long history is sent with points left
 * out; the counts and sums, which start at the first point of the run, are of all points.
 */
export interface Columns {
  /** Epochs done, with a fraction. */
  epoch: Float64Array;
  loss: Float64Array;
  accuracy: Float64Array;
  learningRate: Float64Array;
  /** Points up to this one. */
  count: Float64Array;
  lossSum: Float64Array;
  accuracySum: Float64Array;
}

export type EpochPoint = TrainingEpoch;

/** What the host tells the view 'Training'. */
export type HostToTraining =
  /** Every run, newest first. */
  | { type: 'runs'; runs: RunSummary[] }
  | { type: 'curve'; run: string; columns: Columns; epochs: EpochPoint[] }
  /** New points of a run whose curve was sent; and how fast it is, whether or not it was. */
  | ({ type: 'progress'; run: string } & TrainingProgress)
  | ({ type: 'epoch'; run: string } & TrainingEpoch)
  /** Shows this run among those that are compared. */
  | { type: 'show'; run: string }
  | Failed;
export type Progress = Extract<HostToTraining, { type: 'progress' }>;

export const RUN_ACTIONS = [
  'pause',
  'earlier',
  'later',
  'resume',
  'stop',
  'cancel',
  'remove',
  'useModel',
  'evaluate',
  'compare',
] as const;
export type RunAction = (typeof RUN_ACTIONS)[number];

const runsSchema = /* @__PURE__ */ z.array(z.string()).check(z.maxLength(MOST_PICKED));

/** What the view asks of the host. */
export const trainingToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the runs that were compared before. */
  z.object({ type: z.literal('ready'), picked: runsSchema }),
  /** The curves of these runs are wanted. */
  z.object({ type: z.literal('pick'), runs: runsSchema }),
  z.object({ type: z.literal('act'), run: z.string(), action: z.enum(RUN_ACTIONS) }),
  z.object({ type: z.literal('train') }),
  z.object({ type: z.literal('exportSvg'), svg: z.string().check(z.maxLength(50_000_000)) }),
  z.object({ type: z.literal('exportCsv'), runs: runsSchema }),
]);
export type TrainingToHost = z.infer<typeof trainingToHostSchema>;
