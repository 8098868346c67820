import * as z from 'zod';
import { lineNetworkSchema } from '../networks/lineNetwork';
import { networkSchema } from '../networks/network';
import { epochSchema } from '../models/card';
import { COMBINES, MOST_MEMBERS } from '../models/ensembleFile';
import { modelNameSchema } from '../models/modelName';
import { runSettingsSchema } from './runSettings';

/** Of characters or of lines. */
const anyNetworkSchema = z.union([networkSchema, lineNetworkSchema]);

/** What a member is trained with, where more than the seed tells it from the one before it. */
const memberSchema = z.object({ network: anyNetworkSchema, settings: runSettingsSchema });

/** The ensemble that a run trains a member of. */
export const membershipSchema = z.object({
  /** Unlike that of any other ensemble. */
  id: z.string().min(1),
  name: modelNameSchema,
  combine: z.enum(COMBINES),
  /** How many there will be. */
  members: z.number().int().min(2).max(MOST_MEMBERS),
  /** Which of them this one is, from 1. */
  member: z.number().int().min(1).max(MOST_MEMBERS),
  /** The members behind it, in order; those that are not named differ by their seeds. */
  others: z.array(memberSchema).max(MOST_MEMBERS).optional(),
});
export type Membership = z.infer<typeof membershipSchema>;

/** The name of a member's model. */
export function memberName(ensemble: string, member: number): string {
  return `${ensemble.slice(0, 95)} ${member}`;
}

/** `run.json`: what a run was started with. Only its name may change. */
export const runFileSchema = z.object({
  /** Name of the model that comes of it. */
  name: modelNameSchema,
  /** As on the command line: a dataset's id, or a path. */
  dataset: z.string().min(1),
  network: anyNetworkSchema,
  settings: runSettingsSchema,
  /** ISO 8601. */
  created: z.iso.datetime(),
  /** Folder, absolute, that the curves are also written into for TensorBoard. */
  logDir: z.string().min(1).optional(),
  /** The model whose weights the run starts from, for fine-tuning. */
  from: z
    .object({
      /** As on the command line: an id, a folder, or `bundled`. */
      model: z.string().min(1),
      /** Names of the layers that do not learn. */
      frozen: z.array(z.string()).default([]),
    })
    .optional(),
  ensemble: membershipSchema.optional(),
});
export type RunFile = z.infer<typeof runFileSchema>;

/**
 * Where a run stands. On disk `running` with nobody holding its lock means that it was interrupted: that is what the
 * run store makes of it.
 */
export const RUN_STATES = ['running', 'paused', 'interrupted', 'finished', 'stopped', 'failed'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What a run that trains is doing. */
export const RUN_PHASES = ['preparing', 'training', 'validating', 'saving'] as const;

/** `state.json`: replaced whole whenever a run's standing changes. */
export const runStateSchema = z.object({
  state: z.enum(RUN_STATES),
  /** Samples learned from so far, and in all epochs together. */
  done: z.number().int(),
  total: z.number().int(),
  /** Folder of the model, once there is one. */
  model: z.string().optional(),
  /** Why it failed: one sentence for the user. */
  message: z.string().optional(),
  /** What computed. */
  backend: z.string().optional(),
  /** Of its best epoch, a fraction, once it has ended: of the validation part where there is one. */
  accuracy: z.number().optional(),
  /** What went wrong, though there is a model: one sentence or two for the user. */
  warning: z.string().optional(),
  /** The ensemble that was made of its model and the others'. */
  ensemble: z
    .object({
      /** Folder of the model, absolute. */
      model: z.string(),
      name: z.string(),
      members: z.number().int(),
      /** On the test split, where there is one. */
      accuracy: z.number().optional(),
    })
    .optional(),
  /** What it is doing, of one that tells so while it trains: `runs/outliving.ts`. */
  live: z
    .object({
      phase: z.enum(RUN_PHASES),
      samplesPerSecond: z.number(),
      /** Until the last epoch ends, where it can be told. */
      secondsLeft: z.number().optional(),
    })
    .optional(),
});
export type RunStateFile = z.infer<typeof runStateSchema>;

/** Not begun, or ended by no will of anybody. */
export const INTERRUPTED: RunStateFile = { state: 'interrupted', done: 0, total: 0 };

/** A point of the curves between epochs: means since the point before it. */
export const batchPointSchema = z.object({
  /** Epochs done, with a fraction. */
  epoch: z.number(),
  loss: z.number(),
  accuracy: z.number(),
  learningRate: z.number(),
});
export type BatchPoint = z.infer<typeof batchPointSchema>;

/** One line of `history.jsonl`. */
export const historyLineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('batch'), ...batchPointSchema.shape }),
  z.object({ type: z.literal('epoch'), ...epochSchema.shape }),
]);
export type HistoryLine = z.infer<typeof historyLineSchema>;
export type EpochLine = Extract<HistoryLine, { type: 'epoch' }>;
