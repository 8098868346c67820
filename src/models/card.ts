import * as z from 'zod';
import { takingLicence } from '../base/oldSpelling';
import { networkSchema } from '../networks/network';

const metricsSchema = z.object({
  dataset: z.string(),
  split: z.string(),
  alphabet: z.string(),
  samples: z.number().int(),
  accuracy: z.number(),
  top3: z.number(),
  loss: z.number(),
  macroF1: z.number(),
});
export type CardMetrics = z.infer<typeof metricsSchema>;

const sourceSchema = takingLicence(
  z.object({
    name: z.string(),
    /** Of the data, not of the code. */
    license: z.string(),
    source: z.string(),
    /** Samples that the model learned from. */
    samples: z.number().int(),
    /** SHA-256 of the files, where there are files. */
    checksum: z.string().optional(),
  }),
);
export type CardSource = z.infer<typeof sourceSchema>;

export const epochSchema = z.object({
  epoch: z.number().int(),
  loss: z.number(),
  accuracy: z.number(),
  validationLoss: z.number().optional(),
  validationAccuracy: z.number().optional(),
  learningRate: z.number(),
  seconds: z.number(),
});
export type CardEpoch = z.infer<typeof epochSchema>;

/** What there is to know of a model: `card.json` beside its weights. */
export const cardSchema = z.object({
  name: z.string().min(1),
  description: z.string(),
  classes: z.array(z.string().min(1)).min(1),
  preprocessing: z.object({
    /** How a picture is made: EMNIST's way (Cohen et al. 2017, section II). */
    kind: z.literal('emnist'),
    height: z.number().int().min(1).max(1024),
    width: z.number().int().min(1).max(1024),
  }),
  /** Of one network that Scrawl's network files can say; imported models and ensembles have none. */
  network: networkSchema.optional(),
  parameters: z.number().int(),
  data: z.array(sourceSchema),
  /** Samples by hand that each class was learned from; the rest of a class comes from fonts. */
  handwrittenSamples: z.record(z.string(), z.number().int()).optional(),
  training: z.object({
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    history: z.array(epochSchema),
    /** The epoch whose weights these are; the last unless said. */
    epoch: z.number().int().optional(),
  }),
  metrics: z.array(metricsSchema),
  /** What makes the network's probabilities those that can be believed. */
  calibration: z
    .object({
      /** Share of the targets that was spread over all classes in training, which the answer is freed of. */
      smoothing: z.number().min(0).max(0.5),
    })
    .optional(),
  /**
   * Degrees by which what is read is turned to both sides, to be read three times (test-time augmentation, Krizhevsky,
   * Sutskever and Hinton 2012): pictures or, where there is a network of points besides, the points of ink.
   */
  turned: z.number().positive().max(45).optional(),
  backend: z.string(),
});
export type Card = z.infer<typeof cardSchema>;
