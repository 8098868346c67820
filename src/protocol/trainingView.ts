import * as z from 'zod';
import type { RunState } from '../models/run';
import { trainingEpochSchema, trainingProgressSchema } from './training';

/** Runs that are compared at a time: as many as can still be told apart. */
export const MOST_PICKED = 6;

const STATES = [
  'running',
  'paused',
  'interrupted',
  'finished',
  'stopped',
  'failed',
] as const satisfies readonly RunState[];

export const runSummarySchema = z.object({
  id: z.string().min(1),
  /** Of the model that comes of it. */
  name: z.string(),
  dataset: z.string(),
  network: z.string(),
  state: z.enum(STATES),
  /** Which window computes it, if any does. */
  where: z.enum(['here', 'elsewhere', 'nowhere']),
  /** Samples learnt from so far, and in all epochs together. */
  done: z.number(),
  total: z.number(),
  epochs: z.number().int(),
  /** Of the best epoch, a fraction: of the validation part where there is one. */
  accuracy: z.number().optional(),
  /** Time spent in epochs. */
  seconds: z.number(),
  /** Why it failed. */
  message: z.string().optional(),
  /** Whether there is a model of it. */
  hasModel: z.boolean(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

const column = z.instanceof(Float64Array);

/**
 * The points between epochs, oldest first, one entry a point in each column. A long history is sent with points left
 * out; the counts and sums, which start at the first point of the run, are of all points.
 */
export const columnsSchema = z.object({
  /** Epochs done, with a fraction. */
  epoch: column,
  loss: column,
  accuracy: column,
  learningRate: column,
  /** Points up to this one. */
  count: column,
  lossSum: column,
  accuracySum: column,
});
export type Columns = z.infer<typeof columnsSchema>;

export const epochPointSchema = trainingEpochSchema.omit({ run: true });
export type EpochPoint = z.infer<typeof epochPointSchema>;

/** What the host tells the view 'Training'. */
export const hostToTrainingSchema = z.discriminatedUnion('type', [
  /** Every run, newest first. */
  z.object({ type: z.literal('runs'), runs: z.array(runSummarySchema) }),
  z.object({
    type: z.literal('curve'),
    run: z.string(),
    columns: columnsSchema,
    epochs: z.array(epochPointSchema),
  }),
  /** New points of a run whose curve was sent; and how fast it is, whether or not it was. */
  z.object({ type: z.literal('progress'), ...trainingProgressSchema.shape }),
  z.object({ type: z.literal('epoch'), ...trainingEpochSchema.shape }),
  /** Shows this run among those that are compared. */
  z.object({ type: z.literal('show'), run: z.string() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type HostToTraining = z.infer<typeof hostToTrainingSchema>;
export type Progress = Extract<HostToTraining, { type: 'progress' }>;

export const RUN_ACTIONS = ['pause', 'resume', 'stop', 'cancel', 'remove', 'useModel'] as const;
export type RunAction = (typeof RUN_ACTIONS)[number];

const runs = z.array(z.string()).max(MOST_PICKED);

/** What the view asks of the host. */
export const trainingToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the runs that were compared before. */
  z.object({ type: z.literal('ready'), picked: runs }),
  /** The curves of these runs are wanted. */
  z.object({ type: z.literal('pick'), runs }),
  z.object({ type: z.literal('act'), run: z.string(), action: z.enum(RUN_ACTIONS) }),
  z.object({ type: z.literal('train') }),
  z.object({ type: z.literal('exportSvg'), svg: z.string().max(50_000_000) }),
  z.object({ type: z.literal('exportCsv'), runs }),
]);
export type TrainingToHost = z.infer<typeof trainingToHostSchema>;
