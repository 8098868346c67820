import * as z from 'zod/mini';
import type { Split } from '../../base/split';
import type { WriterFigure } from '../../metrics/writers';
import type { Failed } from './failed';
import { galleryToHostSchema, type HostToGallery } from './gallery';
import { countSchema } from './number';

const classNameSchema = /* @__PURE__ */ z.string().check(z.minLength(1), z.maxLength(1000));

/** What a model may answer, and what is told apart. */
export const judgingSchema = z.object({
  /** An alphabet's name or its characters. */
  alphabet: z.string().check(z.minLength(1), z.maxLength(10_000)),
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
  z.object({ kind: z.literal('cell'), truth: classNameSchema, predicted: classNameSchema }),
  /** All samples of a class. */
  z.object({ kind: z.literal('truth'), name: classNameSchema }),
  /** All samples that are taken for a class. */
  z.object({ kind: z.literal('predicted'), name: classNameSchema }),
  /** Both. */
  z.object({ kind: z.literal('class'), name: classNameSchema }),
  /** Wrong samples of a writer. */
  z.object({ kind: z.literal('writer'), name: z.string().check(z.maxLength(10_000)) }),
  /** Samples that one of two models alone gets right, of one class or of all. */
  z.object({ kind: z.literal('onlyFirst'), name: z.optional(classNameSchema) }),
  z.object({ kind: z.literal('onlySecond'), name: z.optional(classNameSchema) }),
  /** Those at some places of the split that the evaluation is of, whoever chose them. */
  z.object({
    kind: z.literal('places'),
    places: z.array(countSchema).check(z.maxLength(MOST_PLACES)),
    /** What they are called. */
    title: z.string().check(z.minLength(1), z.maxLength(200)),
  }),
]);
export type ChosenSamples = z.infer<typeof chosenSamplesSchema>;

export type { WriterFigure };

/** Shares of 1. */
interface Scores {
  precision: number;
  recall: number;
  f1: number;
}

export interface ClassScores extends Scores {
  /** Samples of the class. */
  support: number;
  /** Predictions of the class. */
  answers: number;
  /** Index of what it is taken for most often. */
  mostConfusedWith?: number;
}

export interface Calibration {
  error: number;
  bins: { low: number; high: number; count: number; confidence: number; accuracy: number }[];
}

export interface Comparison {
  /** Name of the second model. */
  model: string;
  samples: number;
  /** Share that each gets right. */
  first: number;
  second: number;
  /** Samples that it alone gets right. */
  onlyFirst: number;
  onlySecond: number;
  /** McNemar's: probability of so great a difference between models that are equally good. */
  p: number;
  method: string;
  /** Those in which they differ most first. */
  perClass: { name: string; support: number; first: number; second: number }[];
}

/** How the classes of a confusion matrix stand. */
export const ORDERS = ['class', 'error', 'similarity'] as const;
export type Order = (typeof ORDERS)[number];

export interface ShownEvaluation {
  type: 'evaluation';
  model: string;
  dataset: string;
  split: Split;
  judging: Judging;
  /** Whether its samples are listed on this page, rather than in the gallery. */
  lists: boolean;
  /** A sentence, where the data are not what was evaluated any more. */
  stale?: string;
  /** ISO 8601. */
  created: string;
  backend: string;
  samplesPerSecond: number;
  samples: number;
  /** Samples of classes that the model or the alphabet does not have. */
  leftOut: number;
  accuracy: number;
  /** 95% interval of the accuracy. */
  interval: { low: number; high: number };
  top3: number;
  /** Nats. */
  loss: number;
  macro: Scores;
  weighted: Scores;
  calibration: Calibration;
  classes: string[];
  perClass: ClassScores[];
  /** Accuracy of each writer that is known, the worst first. */
  writers: WriterFigure[];
  /** Counts, row by row; a row for each true class, a column for each prediction. */
  confusion: Uint32Array;
  /** The classes that occur, as indexes. */
  orders: Record<Order, number[]>;
  /** The most frequent first. */
  pairs: { truth: number; predicted: number; count: number; share: number }[];
  comparison?: Comparison;
  /** Why the comparison that is asked for cannot be made, a sentence. */
  incomparable?: string;
}

/** What the host tells the view 'Evaluation'. */
export type HostToEvaluation =
  | ShownEvaluation
  /** Nothing was evaluated yet. */
  | { type: 'nothing' }
  /** What is told of the samples that are listed on the page. */
  | { type: 'samples'; message: HostToGallery }
  | Failed;

export const EVALUATION_ACTIONS = [
  'evaluate',
  'evaluateAgain',
  'compare',
  'endComparison',
  'export',
  'openProjector',
  'customAlphabet',
  'useModel',
] as const;
export type EvaluationAction = (typeof EVALUATION_ACTIONS)[number];

/** What the view asks of the host. */
export const evaluationToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('judge'), judging: judgingSchema }),
  /** Shows samples in the gallery. */
  z.object({ type: z.literal('open'), samples: chosenSamplesSchema }),
  /** Lists samples on the page. */
  z.object({ type: z.literal('list'), samples: chosenSamplesSchema }),
  /** What is asked of the samples that are listed on the page. */
  z.object({ type: z.literal('samples'), message: galleryToHostSchema }),
  z.object({ type: z.literal('act'), action: z.enum(EVALUATION_ACTIONS) }),
]);
export type EvaluationToHost = z.infer<typeof evaluationToHostSchema>;
