import { NotificationType, RequestType } from 'vscode-jsonrpc';
import * as z from 'zod';
import { pictureSchema } from './ink';

const splitSchema = z.enum(['train', 'validation', 'test', 'all']);

/** Whether a model has learnt from the samples of a split; `unnamed` where its card does not say so. */
export const LEARNING = ['learnt', 'unseen', 'unnamed'] as const;
export type Learning = (typeof LEARNING)[number];

const share = z.number().min(0).max(1);

/** What every piece of work on a split is told. */
const taskShape = {
  /** Names the work in its progress; any text. */
  id: z.string().min(1).max(200),
  /** Folder of the model, absolute. */
  model: z.string().min(1),
  /** The folder of datasets, models and evaluations. */
  home: z.string().min(1),
  /** A dataset's id, or a path. */
  dataset: z.string().min(1),
  /** The test split where there is one, else all samples, unless another is named. */
  split: splitSchema.optional(),
};

/** Sent at most ten times a second while a split is worked through. */
export const evaluationProgressSchema = z.object({
  id: z.string(),
  done: z.number().int(),
  total: z.number().int(),
  samplesPerSecond: z.number(),
});
export type EvaluationProgress = z.infer<typeof evaluationProgressSchema>;
export const evaluationProgressNotification = new NotificationType<EvaluationProgress>('evaluationProgress');

export const evaluateParamsSchema = z.object({
  ...taskShape,
  /** An alphabet's name or its characters. */
  alphabet: z.string().min(1),
  /** Takes letters whatever their case, and 0 with O, as one. */
  merged: z.boolean(),
  /** Computes again though there is a stored result. */
  fresh: z.boolean().optional(),
});
export type EvaluateParams = z.infer<typeof evaluateParamsSchema>;

export const evaluateResultSchema = z.object({
  /** The file of the predictions (`readEvaluationFile`), whence all else comes; none where the disk did not take it. */
  file: z.string().optional(),
  /** Why it is not kept, a sentence. */
  problem: z.string().optional(),
  /** Nothing had to be computed. */
  stored: z.boolean(),
  split: splitSchema,
  summary: z.object({
    samples: z.number().int(),
    /** Samples of classes that the model or the alphabet does not have. */
    leftOut: z.number().int(),
    accuracy: share,
    /** 95% interval of the accuracy. */
    interval: z.object({ low: share, high: share }),
    top3: share,
    /** Nats. */
    loss: z.number(),
    macroF1: share,
    weightedF1: share,
    calibrationError: share,
    samplesPerSecond: z.number(),
  }),
});
export type EvaluateResult = z.infer<typeof evaluateResultSchema>;

/** Evaluates a model on a split, or finds what was stored; a cancelled request stores nothing. */
export const evaluateRequest = new RequestType<EvaluateParams, EvaluateResult, void>('evaluate');

export const evaluationReportParamsSchema = evaluateParamsSchema.extend({
  /** Where it goes, absolute. */
  file: z.string().min(1),
  /** A report that opens by itself, or the confusion matrix. */
  format: z.enum(['html', 'csv', 'json']),
  /** Folder of a model to compare with in the report. */
  compare: z.string().min(1).optional(),
});
export type EvaluationReportParams = z.infer<typeof evaluationReportParamsSchema>;
export const evaluationReportRequest = new RequestType<EvaluationReportParams, null, void>(
  'evaluationReport',
);

export const labelIssuesParamsSchema = z.object({
  ...taskShape,
  /** How many to give at most. */
  most: z.number().int().min(1).max(100_000),
});
export type LabelIssuesParams = z.infer<typeof labelIssuesParamsSchema>;

export const labelIssueSchema = z.object({
  /** Place in the split `of`, as it is stored. */
  place: z.number().int().min(0),
  /** Classes by their index in the dataset. */
  given: z.number().int().min(0),
  suggested: z.number().int().min(0),
  /** Probability of the given class less that of the most likely other one, -1 to 1. */
  margin: z.number().min(-1).max(1),
  /** Probability of the given class. */
  probability: share,
  suggestedProbability: share,
});
export type LabelIssue = z.infer<typeof labelIssueSchema>;

export const labelIssuesResultSchema = z.object({
  /** The most suspicious first. */
  issues: z.array(labelIssueSchema),
  /** Of these the first are given. */
  total: z.number().int(),
  /** Samples that were judged, and those of classes that the model does not have. */
  samples: z.number().int(),
  leftOut: z.number().int(),
  split: splitSchema,
  of: splitSchema,
  /** The dataset's classes. */
  classes: z.array(z.string()),
  /** SHA-256 of the dataset as it is stored. */
  checksum: z.string(),
  modelName: z.string(),
  learning: z.enum(LEARNING),
});
export type LabelIssuesResult = z.infer<typeof labelIssuesResultSchema>;

/**
 * Labels, as they are stored, that the model's probabilities speak against (confident learning). What the user changed
 * in them makes no difference: the list stays the same while it is worked through.
 */
export const labelIssuesRequest = new RequestType<LabelIssuesParams, LabelIssuesResult, void>('labelIssues');

export const embeddingsParamsSchema = z.object({
  ...taskShape,
  /** Of a larger split so many samples are taken, evenly spread. */
  most: z.number().int().min(1).max(1_000_000),
});
export type EmbeddingsParams = z.infer<typeof embeddingsParamsSchema>;

export const embeddingsResultSchema = z.object({
  /** What `EmbeddingsFile.open` reads. */
  file: z.string(),
  samples: z.number().int(),
  width: z.number().int(),
});
export type EmbeddingsResult = z.infer<typeof embeddingsResultSchema>;

/** What the last but one layer makes of the samples of a split; kept on disk. */
export const embeddingsRequest = new RequestType<EmbeddingsParams, EmbeddingsResult, void>('embeddings');

export const nearestParamsSchema = embeddingsParamsSchema.extend({
  picture: pictureSchema,
  count: z.number().int().min(1).max(1000),
  /** Place of the sample itself, where it is one of the split. */
  except: z.number().int().optional(),
});
export type NearestParams = z.infer<typeof nearestParamsSchema>;

export const nearestResultSchema = z.object({
  /** The nearest first. */
  neighbours: z.array(
    z.object({
      /** Place in the split `of`, as it is stored. */
      place: z.number().int(),
      label: z.string(),
      /** 1 less the cosine of the angle between the embeddings, 0 to 2. */
      distance: z.number(),
    }),
  ),
  of: splitSchema,
  /** Samples that were looked through. */
  samples: z.number().int(),
});
export type NearestResult = z.infer<typeof nearestResultSchema>;

/** The samples of a split that the network takes for most alike. */
export const nearestRequest = new RequestType<NearestParams, NearestResult, void>('nearest');

export const occlusionParamsSchema = z.object({
  model: z.string().min(1),
  picture: pictureSchema,
  /** The class whose probability is watched, as the model names it. */
  class: z.string().min(1),
});
export type OcclusionParams = z.infer<typeof occlusionParamsSchema>;

export const occlusionResultSchema = z.object({
  width: z.number().int(),
  height: z.number().int(),
  /** For each pixel how much the class loses when what is about it is hidden, -1 to 1, row by row. */
  drops: z.array(z.number()),
  /** Of the class for the whole picture. */
  probability: share,
});
export type OcclusionResult = z.infer<typeof occlusionResultSchema>;

/** Where the network looks (Zeiler and Fergus 2014). */
export const occlusionRequest = new RequestType<OcclusionParams, OcclusionResult, void>('occlusion');
