import * as z from 'zod';
import { pictureSchema } from '../ink';
import { call } from '../rpc';

const pointShape = { epoch: z.number(), loss: z.number(), accuracy: z.number(), learningRate: z.number() };

/** Told at most ten times a second while a run trains. */
export const trainingProgressSchema = z.object({
  /** What the run is doing. */
  phase: z.enum(['preparing', 'training', 'validating', 'saving']),
  /** Samples learned from so far, and in all epochs together. */
  done: z.number().int(),
  total: z.number().int(),
  samplesPerSecond: z.number(),
  /** Seconds until the last epoch ends, where it can be told. */
  secondsLeft: z.number().optional(),
  backend: z.string(),
  /** New points of the curves, as in history.jsonl. */
  points: z.array(z.object(pointShape)),
});
export type TrainingProgress = z.infer<typeof trainingProgressSchema>;

export const trainingEpochSchema = z.object({
  epoch: z.number().int(),
  loss: z.number(),
  accuracy: z.number(),
  validationLoss: z.number().optional(),
  validationAccuracy: z.number().optional(),
  learningRate: z.number(),
  seconds: z.number(),
});
export type TrainingEpoch = z.infer<typeof trainingEpochSchema>;

const trainResultSchema = z.object({
  /** `paused` has a checkpoint and no model; `stopped` and `finished` have a model. */
  outcome: z.enum(['finished', 'stopped', 'paused']),
  /** Folder of the model, absolute. */
  model: z.string().optional(),
  /** Of the best epoch, fractions; without a validation part those of training. */
  accuracy: z.number().optional(),
  epochs: z.number().int(),
  /** What went wrong, though there is a model: one sentence or two for the user. */
  warning: z.string().optional(),
  /** Id of the run that trains the next member of an ensemble: it waits to be trained. */
  next: z.string().optional(),
  /** The ensemble that was made of this member, the last, and the others. */
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
});
export type TrainResult = z.infer<typeof trainResultSchema>;

const trainSchema = z.object({
  /** The run's folder, absolute: `run.json` is read from it, and all else is written into it. */
  run: z.string().min(1),
  /** The folder of datasets, models and runs. */
  home: z.string().min(1),
  /** What computes, where it is not what the run's settings say (to go on after a lost device). */
  backend: z.string().optional(),
});

/** The engine's flag for a process that trains one run, whatever becomes of the window, and then ends. */
export const TRAIN_ALONE = '--train-alone';

/** What stands behind that flag, as JSON. */
export const trainAloneSchema = trainSchema.extend({
  /** The lock of the place to train in, which the process takes over. */
  slot: z.object({ file: z.string(), token: z.string() }).optional(),
});
export type TrainAlone = z.infer<typeof trainAloneSchema>;

/**
 * Trains a run whose folder the host has made; answers when the run ends, whatever ends it. Canceled it ends at once:
 * what it has learned since the last checkpoint is lost.
 */
export const train = call('train', {
  params: trainSchema,
  result: trainResultSchema,
  progress: z.union([
    z.object({ progress: trainingProgressSchema }),
    z.object({ epoch: trainingEpochSchema }),
  ]),
});

/** Ends a run in good order: `pause` with a checkpoint, `stop` with a model of what it has learned. */
export const endTraining = call('endTraining', {
  params: z.object({ run: z.string().min(1), how: z.enum(['pause', 'stop']) }),
  result: z.null(),
});

/** What a trial of a sweep is trained up to. */
const nextTrialSchema = z.object({ place: z.number().int(), epochs: z.number().int() });

/**
 * Goes on with a sweep whose folder the host has made until its next trial has been compared. What came of the trial
 * stands in the folder.
 */
export const advanceSweep = call('advanceSweep', {
  params: z.object({
    /** The sweep's folder, absolute. */
    sweep: z.string().min(1),
    /** The folder of datasets, models and runs. */
    home: z.string().min(1),
    /** What computes, where it is not what the trials' settings say. */
    backend: z.string().optional(),
  }),
  /** `resting` in the middle of a trial, which has a checkpoint. */
  result: z.enum(['advanced', 'finished', 'resting']),
  progress: z.union([
    z.object({ trial: nextTrialSchema }),
    z.object({ progress: trainingProgressSchema }),
    z.object({ epoch: trainingEpochSchema }),
  ]),
});

/** Ends a sweep in good order: the trial that trains keeps a checkpoint. */
export const restSweep = call('restSweep', {
  params: z.object({ sweep: z.string().min(1) }),
  result: z.null(),
});

/** The first samples of a dataset, varied as a run would vary them. */
export const previewAugmentation = call('previewAugmentation', {
  params: z.object({
    dataset: z.string().min(1),
    home: z.string().min(1),
    /** As in a run's settings. */
    augmentation: z.record(z.string(), z.number()),
    seed: z.number().int(),
    count: z.number().int().min(1).max(64),
    /** Pixels of the network's input; as large as the samples are stored unless given. */
    side: z.number().int().min(1).max(512).optional(),
  }),
  result: z.object({ pictures: z.array(pictureSchema) }),
});

/** Trains a short while with a learning rate that grows until the loss diverges; nothing is left of it. */
export const testRates = call('testRates', {
  params: z.object({
    /** As in `run.json`. */
    run: z.record(z.string(), z.unknown()),
    home: z.string().min(1),
  }),
  result: z.object({
    /** The smoothed loss of each rate. */
    points: z.array(z.object({ rate: z.number(), loss: z.number() })),
    /** Where the loss falls fastest, if it does. */
    suggestion: z.number().optional(),
  }),
});
