import * as z from 'zod';
import { BACKEND_CHOICES } from '../base/backendChoice';

export const OPTIMIZERS = ['sgd', 'momentum', 'rmsprop', 'adam', 'adamw'] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];

/** How the learning rate changes during a run. */
export const SCHEDULES = ['constant', 'step', 'cosine', 'one-cycle'] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** What is minimized; `focal` counts sure samples less (Lin et al. 2017). */
export const LOSSES = ['cross-entropy', 'focal', 'mean-squared-error'] as const;
export type Loss = (typeof LOSSES)[number];

/** How rare classes are helped: not at all, by a greater weight in the loss, or by being drawn more often. */
export const CLASS_BALANCING = ['none', 'weights', 'sampling'] as const;
export type ClassBalancing = (typeof CLASS_BALANCING)[number];

/** The learning rate that an optimizer usually starts well with. */
export const USUAL_LEARNING_RATE: Readonly<Record<OptimizerName, number>> = {
  sgd: 0.05,
  momentum: 0.02,
  rmsprop: 0.001,
  adam: 0.001,
  adamw: 0.001,
};

const strength = (most: number) => z.number().min(0).max(most).default(0);

/** How strongly samples are varied; every figure 0 leaves them as they are. Lengths are of a picture 28 pixels wide. */
export const augmentationSchema = z.strictObject({
  /** Standard deviation, pixels. */
  shift: strength(10),
  /** Standard deviation, degrees. */
  rotation: strength(90),
  /** Standard deviation of the size's natural logarithm. */
  scale: strength(1),
  /** Standard deviation of the lean, x by y. */
  shear: strength(1),
  /** Standard deviation of a smooth displacement, pixels (Simard et al. 2003). */
  elastic: strength(5),
  /** Probability that a rectangle of a sample is erased (Zhong et al. 2020). */
  erase: strength(1),
  /** Standard deviation of the natural logarithm of the pen's width; of ink alone. */
  strokeWidth: strength(1),
});
export type AugmentationSettings = z.infer<typeof augmentationSchema>;

/** Samples as they are. */
export const NO_AUGMENTATION: AugmentationSettings = augmentationSchema.parse({});

/** Usual strengths by name, from nothing to as much as a legible character bears. */
export const AUGMENTATIONS = {
  none: NO_AUGMENTATION,
  gentle: { shift: 0.7, rotation: 5, scale: 0.06, shear: 0.09, elastic: 0.5, erase: 0, strokeWidth: 0.15 },
  strong: { shift: 1.5, rotation: 10, scale: 0.12, shear: 0.18, elastic: 1, erase: 0.25, strokeWidth: 0.3 },
} as const satisfies Readonly<Record<string, AugmentationSettings>>;
export type AugmentationName = keyof typeof AUGMENTATIONS;

/** All that a run depends on, but its data and network. */
export const runSettingsSchema = z.strictObject({
  epochs: z.number().int().min(1).max(10_000).default(10),
  /** Samples in a step. */
  batchSize: z.number().int().min(1).max(4096).default(128),
  optimizer: z.enum(OPTIMIZERS).default('adam'),
  /** At its highest. */
  learningRate: z.number().min(1e-6).max(100).default(USUAL_LEARNING_RATE.adam),
  schedule: z.enum(SCHEDULES).default('one-cycle'),
  loss: z.enum(LOSSES).default('cross-entropy'),
  /** Share of the target that is spread over all classes (Szegedy et al. 2016). */
  labelSmoothing: z.number().min(0).max(0.5).default(0),
  /** Share of the weights' square in the loss (L2); with AdamW the decoupled decay (Loshchilov and Hutter 2019). */
  weightDecay: z.number().min(0).max(1).default(0),
  augmentation: augmentationSchema.prefault({}),
  classBalancing: z.enum(CLASS_BALANCING).default('none'),
  /** Share of the train split that is held out to choose by. */
  validationSplit: z.number().min(0).max(0.9).default(0.1),
  /** Ends the run after this many epochs without a better validation loss; 0 turns this off. */
  patience: z.number().int().min(0).max(10_000).default(0),
  /** Validation accuracy (training accuracy without validation) at which the run ends; 0 never ends it. */
  stopAtAccuracy: z.number().min(0).max(1).default(0),
  /** Ends the run after this many minutes; 0 turns this off. */
  stopAfterMinutes: z.number().min(0).max(100_000).default(0),
  /** Maximum number of training samples; 0 uses all. */
  limit: z.number().int().min(0).max(1e9).default(0),
  /** Of the weights, the order, the variations and the split. */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1),
  backend: z.enum(BACKEND_CHOICES).default('auto'),
});
export type RunSettings = z.infer<typeof runSettingsSchema>;
