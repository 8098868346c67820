import * as z from 'zod';
import { runFileSchema } from '../run';

/** How a sweep chooses what it tries. */
export const SWEEP_METHODS = ['grid', 'random', 'halving'] as const;
export type SweepMethod = (typeof SWEEP_METHODS)[number];

/** A sweep of more trials than these would never end. */
export const MOST_TRIALS = 1000;

/** How many are drawn, and how halving goes, where the user says nothing else. */
export const USUAL_TRIALS = 16;
export const USUAL_HALVING = { firstEpochs: 1, reduction: 3 } as const;

const valueSchema = z.union([z.string(), z.number()]);
/** What a trial has in the place of a parameter. */
export type SweepValue = z.infer<typeof valueSchema>;

/** What is varied, under a name such as `learningRate`, `augmentation.shift`, `network` or `layers.3.units`. */
const parameterSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('values'), name: z.string(), values: z.array(valueSchema).min(1) }),
  z.object({
    kind: z.literal('range'),
    name: z.string(),
    least: z.number(),
    most: z.number(),
    /** Whether only whole numbers are drawn. */
    whole: z.boolean(),
    /** Whether each factor is as likely as any other, rather than each difference. */
    logarithmic: z.boolean(),
  }),
]);
export type SweepParameter = z.infer<typeof parameterSchema>;

const trialSchema = z.object({
  /** By the parameters' names. */
  values: z.record(z.string(), valueSchema),
  /** `waiting` before its first score; `resting` between two scores, perhaps for good. */
  state: z.enum(['waiting', 'resting', 'finished', 'failed']),
  /** Best validation accuracy so far, after each number of epochs at which trials are compared. */
  scores: z.array(z.object({ epochs: z.number().int(), accuracy: z.number() })),
  /** Why it failed: one sentence for the user. */
  message: z.string().optional(),
});
export type SweepTrial = z.infer<typeof trialSchema>;

/** `sweep.json`: what is searched, and how far the search is. The run of each trial lies in a folder beside it. */
export const sweepFileSchema = z.object({
  /** Name of the model that the best trial becomes. */
  name: runFileSchema.shape.name,
  dataset: runFileSchema.shape.dataset,
  parameters: z.array(parameterSchema).min(1),
  method: z.enum(SWEEP_METHODS),
  /** Of a whole run. */
  epochs: z.number().int().min(1),
  /** Of halving: epochs of the first rung. */
  firstEpochs: z.number().int().min(1),
  /** Of halving: one of so many trials goes on, to so many times the epochs. */
  reduction: z.number().int().min(2),
  created: z.iso.datetime(),
  trials: z.array(trialSchema).min(1).max(MOST_TRIALS),
  /** Folder of the model that the best trial became. */
  model: z.string().optional(),
  /** Place of that trial: the best may be kept before the search is over. */
  kept: z.number().int().optional(),
});
export type SweepFile = z.infer<typeof sweepFileSchema>;
