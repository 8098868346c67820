import * as z from 'zod';
import { SPLITS } from '../../base/split';
import { pictureSchema } from '../ink';
import { call } from '../rpc';

const splitSchema = z.enum(SPLITS);

/** Whether a model has learned from the samples of a split; `unnamed` where its card does not say so. */
export const LEARNING = ['learned', 'unseen', 'unnamed'] as const;
export type Learning = (typeof LEARNING)[number];

const share = z.number().min(0).max(1);

/** What every piece of work on a split is told. */
const taskShape = {
  /** Folder of the model, absolute. */
  model: z.string().min(1),
  /** The folder of datasets, models and evaluations. */
  home: z.string().min(1),
  /** A dataset's id, or a path. */
  dataset: z.string().min(1),
  /** The test split where there is one, else all samples, unless another is named. */
  split: splitSchema.optional(),
};

/** Told at most ten times a second while a split is worked through. */
export const splitProgressSchema = z.object({
  done: z.number().int(),
  total: z.number().int(),
  samplesPerSecond: z.number(),
});
export type SplitProgress = z.infer<typeof splitProgressSchema>;

const evaluatedSchema = z.object({
  /**
   * The file of what the model said (`readEvaluationFile`, `readLineEvaluationFile`), whence all else comes; none where
   * the disk did not take it.
   */
  file: z.string().optional(),
  /** Why it is not kept, a sentence. */
  problem: z.string().optional(),
  /** Nothing had to be computed. */
  stored: z.boolean(),
  split: splitSchema,
});

/** Evaluates a model on a split, or finds what was stored; canceled it stores nothing. */
export const evaluate = call('evaluate', {
  params: z.object({
    ...taskShape,
    /** An alphabet's name or its characters. */
    alphabet: z.string().min(1),
    /** Takes letters whatever their case, and 0 with O, as one. */
    merged: z.boolean(),
    /** Computes again though there is a stored result. */
    fresh: z.boolean().optional(),
  }),
  result: evaluatedSchema,
  progress: splitProgressSchema,
});

/** VS Code's id of a language; the ink alone is read without one. */
const languageSchema = z.string().min(1).max(100).optional();

/** As `evaluate`, of a model that reads lines and ink whose labels are texts. */
export const evaluateLines = call('evaluateLines', {
  params: z.object({
    ...taskShape,
    language: languageSchema,
    /** Reads again though there is a stored result. */
    fresh: z.boolean().optional(),
  }),
  result: evaluatedSchema,
  progress: splitProgressSchema,
});

/** A page that opens by itself, the confusion matrix, every figure, or those of each writer as CSV. */
export const REPORT_FORMATS = ['html', 'csv', 'json', 'writers'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Evaluates as `evaluate` does, and writes what came of it to a file. */
export const writeReport = call('writeReport', {
  params: evaluate.params.extend({
    /** Where it goes, absolute. */
    file: z.string().min(1),
    format: z.enum(REPORT_FORMATS),
    /** Folder of a model to compare with in the report. */
    compare: z.string().min(1).optional(),
  }),
  result: z.null(),
  progress: splitProgressSchema,
});

/** As `writeReport`, of a model that reads lines. */
export const writeLineReport = call('writeLineReport', {
  params: evaluateLines.params.extend({
    file: writeReport.params.shape.file,
    format: writeReport.params.shape.format,
    /** What to compare with in the report: another model, or the same with another language. */
    compare: z.object({ model: z.string().min(1), language: languageSchema }).optional(),
  }),
  result: z.null(),
  progress: splitProgressSchema,
});

const labelIssueSchema = z.object({
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

const labelIssuesSchema = z.object({
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
export type LabelIssues = z.infer<typeof labelIssuesSchema>;

/**
 * Labels, as they are stored, that the model's probabilities speak against (confident learning). What the user changed
 * in them makes no difference: the list stays the same while it is worked through.
 */
export const findLabelIssues = call('findLabelIssues', {
  params: z.object({
    ...taskShape,
    /** How many to give at most. */
    most: z.number().int().min(1).max(100_000),
  }),
  result: labelIssuesSchema,
  progress: splitProgressSchema,
});

/** What the last but one layer makes of the samples of a split; kept on disk. */
export const embedSplit = call('embedSplit', {
  params: z.object({
    ...taskShape,
    /** Of a larger split so many samples are taken, evenly spread. */
    most: z.number().int().min(1).max(1_000_000),
  }),
  result: z.object({
    /** What `EmbeddingsFile.open` reads. */
    file: z.string(),
    samples: z.number().int(),
    width: z.number().int(),
  }),
  progress: splitProgressSchema,
});

/** The samples of a split that the network takes for most alike. */
export const findNearest = call('findNearest', {
  params: embedSplit.params.extend({
    picture: pictureSchema,
    count: z.number().int().min(1).max(1000),
    /** Place of the sample itself, where it is one of the split. */
    except: z.number().int().optional(),
  }),
  result: z.object({
    /** The nearest first. */
    neighbors: z.array(
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
  }),
  progress: splitProgressSchema,
});

/** Where the network looks (Zeiler and Fergus 2014). */
export const occlude = call('occlude', {
  params: z.object({
    model: z.string().min(1),
    picture: pictureSchema,
    /** The class whose probability is watched, as the model names it. */
    class: z.string().min(1),
  }),
  result: z.object({
    width: z.number().int(),
    height: z.number().int(),
    /** For each pixel how much the class loses when what is about it is hidden, -1 to 1, row by row. */
    drops: z.array(z.number()),
    /** Of the class for the whole picture. */
    probability: share,
  }),
});
