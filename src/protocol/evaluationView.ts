import * as z from 'zod';
import { SPLIT_NAMES } from './browse';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const className = z.string().min(1).max(1000);

/** What a model may answer, and what is told apart. */
export const judgingSchema = z.object({
  /** An alphabet's name or its characters. */
  alphabet: z.string().min(1).max(10_000),
  /** Takes letters whatever their case, and 0 with O, as one. */
  merged: z.boolean(),
});
export type Judging = z.infer<typeof judgingSchema>;

/** Samples that are chosen one by one. */
export const MOST_PLACES = 200_000;

/** Samples of an evaluation: classes are called by their names, which stay when the options change. */
export const chosenSamplesSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('wrong') }),
  z.object({ kind: z.literal('cell'), truth: className, predicted: className }),
  /** All samples of a class. */
  z.object({ kind: z.literal('truth'), name: className }),
  /** All samples that are taken for a class. */
  z.object({ kind: z.literal('predicted'), name: className }),
  /** Both. */
  z.object({ kind: z.literal('class'), name: className }),
  /** Samples that one of two models alone gets right, of one class or of all. */
  z.object({ kind: z.literal('onlyFirst'), name: className.optional() }),
  z.object({ kind: z.literal('onlySecond'), name: className.optional() }),
  /** Those at some places of the split that the evaluation is of, whoever chose them. */
  z.object({
    kind: z.literal('places'),
    places: z.array(count).max(MOST_PLACES),
    /** What they are called. */
    title: z.string().min(1).max(200),
  }),
]);
export type ChosenSamples = z.infer<typeof chosenSamplesSchema>;

const scoresSchema = z.object({ precision: share, recall: share, f1: share });

const classScoresSchema = scoresSchema.extend({
  /** Samples of the class. */
  support: count,
  /** Predictions of the class. */
  answers: count,
  /** Index of what it is taken for most often. */
  mostConfusedWith: count.optional(),
});
export type ClassScores = z.infer<typeof classScoresSchema>;

const calibrationSchema = z.object({
  error: share,
  bins: z.array(z.object({ low: share, high: share, count, confidence: z.number(), accuracy: z.number() })),
});
export type Calibration = z.infer<typeof calibrationSchema>;

const comparisonSchema = z.object({
  /** Name of the second model. */
  model: z.string(),
  samples: count,
  /** Share that each gets right. */
  first: share,
  second: share,
  /** Samples that it alone gets right. */
  onlyFirst: count,
  onlySecond: count,
  /** McNemar's: probability of so great a difference between models that are equally good. */
  p: share,
  method: z.string(),
  /** Those in which they differ most first. */
  perClass: z.array(z.object({ name: z.string(), support: count, first: share, second: share })),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** How the classes of a confusion matrix stand. */
export const ORDERS = ['class', 'error', 'similarity'] as const;
export type Order = (typeof ORDERS)[number];

const indexes = z.array(count);

export const shownEvaluationSchema = z.object({
  type: z.literal('evaluation'),
  model: z.string(),
  dataset: z.string(),
  split: z.enum(SPLIT_NAMES),
  judging: judgingSchema,
  /** A sentence, where the data are not what was evaluated any more. */
  stale: z.string().optional(),
  /** ISO 8601. */
  created: z.string(),
  backend: z.string(),
  samplesPerSecond: z.number().min(0),
  samples: count,
  /** Samples of classes that the model or the alphabet does not have. */
  leftOut: count,
  accuracy: share,
  /** 95% interval of the accuracy. */
  interval: z.object({ low: share, high: share }),
  top3: share,
  /** Nats. */
  loss: z.number(),
  macro: scoresSchema,
  weighted: scoresSchema,
  calibration: calibrationSchema,
  classes: z.array(z.string()),
  perClass: z.array(classScoresSchema),
  /** Counts, row by row; a row for each true class, a column for each prediction. */
  confusion: z.instanceof(Uint32Array),
  /** The classes that occur, as indexes. */
  orders: z.object({ class: indexes, error: indexes, similarity: indexes }),
  /** The most frequent first. */
  pairs: z.array(z.object({ truth: count, predicted: count, count, share })),
  comparison: comparisonSchema.optional(),
  /** Why the comparison that is asked for cannot be made, a sentence. */
  incomparable: z.string().optional(),
});
export type ShownEvaluation = z.infer<typeof shownEvaluationSchema>;

/** What the host tells the view 'Evaluation'. */
export const hostToEvaluationSchema = z.discriminatedUnion('type', [
  shownEvaluationSchema,
  /** Nothing was evaluated yet. */
  z.object({ type: z.literal('nothing') }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type HostToEvaluation = z.infer<typeof hostToEvaluationSchema>;

export const EVALUATION_ACTIONS = [
  'evaluate',
  'evaluateAgain',
  'compare',
  'endComparison',
  'export',
  'openProjector',
  'customAlphabet',
] as const;
export type EvaluationAction = (typeof EVALUATION_ACTIONS)[number];

/** What the view asks of the host. */
export const evaluationToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('judge'), judging: judgingSchema }),
  /** Shows samples in the gallery. */
  z.object({ type: z.literal('open'), samples: chosenSamplesSchema }),
  z.object({ type: z.literal('act'), action: z.enum(EVALUATION_ACTIONS) }),
]);
export type EvaluationToHost = z.infer<typeof evaluationToHostSchema>;
