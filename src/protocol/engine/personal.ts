import * as z from 'zod';
import { call } from '../rpc';

/** Shares of samples before and after, 0 to 1. */
const beforeAfterSchema = z.object({ samples: z.number().int(), before: z.number(), after: z.number() });
export type BeforeAfter = z.infer<typeof beforeAfterSchema>;

/** What learning a hand did to a model, whatever it reads. */
const learnedHandSchema = z.object({
  /** Samples of the user that were learned from. */
  learned: z.number().int(),
  /** On the user's samples that were held out. */
  person: beforeAfterSchema,
  /** On samples of what the model was trained for. */
  original: beforeAfterSchema.extend({
    dataset: z.string(),
    /** Whether the model may have been trained on some of them, so that it reads them better than others. */
    perhapsLearned: z.boolean(),
    /** Of the model that this one comes from, before it learned the first sample of a hand. */
    first: z.number().optional(),
  }),
  /** How much of what was learned is in the weights, 0 to 1. */
  mix: z.number(),
  seconds: z.number(),
});
export type LearnedHand = z.infer<typeof learnedHandSchema>;

/** Shares of samples that are read right. */
const personalizationSchema = learnedHandSchema.extend({
  /** Characters that the model did not know before. */
  newClasses: z.array(z.string()),
});
export type Personalization = z.infer<typeof personalizationSchema>;

/** Enough for one new character; fewer say nothing of a hand. */
export const LEAST_SAMPLES = 5;

/** Fewer words and lines say too little of a hand. */
export const LEAST_LINES = 8;

/** Samples are words and lines; shares of their characters that are read wrong. */
const linePersonalizationSchema = learnedHandSchema.extend({
  /** Those that were not learned: the model lacks one of their characters, or they have other rows than their text. */
  leftOut: z.number().int(),
});
export type LinePersonalization = z.infer<typeof linePersonalizationSchema>;

const PHASES = ['reading', 'looking', 'learning', 'measuring'] as const;
export type PersonalizePhase = (typeof PHASES)[number];

const taskSchema = z.object({
  /** The folder of datasets, models and runs. */
  home: z.string().min(1),
  /** Folder of the model that ships with Scrawl. */
  bundled: z.string().min(1),
  /** Folder of the model to personalize, which stays as it is. */
  model: z.string().min(1),
  /** A dataset's id or path. */
  samples: z.string().min(1),
  /** Of the new model. */
  name: z.string().min(1),
});
const progressSchema = z.object({
  phase: z.enum(PHASES),
  /** Share of the whole work, 0 to 1. */
  done: z.number(),
});
/** Id and name of the new model. */
const made = { model: z.string(), name: z.string() };

/** Makes a new model of one that knows the user's hand better; canceled it leaves nothing behind. */
export const personalize = call('personalize', {
  params: taskSchema,
  result: personalizationSchema.extend(made),
  progress: progressSchema,
});

/** The same of a model of lines. */
export const personalizeLines = call('personalizeLines', {
  params: taskSchema,
  result: linePersonalizationSchema.extend(made),
  progress: progressSchema,
});

/** The characters that a model confuses most, of the user's hand first. */
export const findConfused = call('findConfused', {
  params: z.object({
    /** Folder of the model. */
    model: z.string().min(1),
    /** The folder of datasets. */
    home: z.string().min(1),
    count: z.number().int().min(1).max(100),
  }),
  result: z.object({ characters: z.array(z.string()) }),
});
