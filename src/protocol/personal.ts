import { NotificationType, RequestType } from 'vscode-jsonrpc';
import * as z from 'zod';

export const personalizeParamsSchema = z.object({
  /** Names the work in notifications. */
  id: z.string().min(1),
  /** The folder of datasets, models and runs. */
  home: z.string().min(1),
  /** Folder of the model that ships with Scrawl. */
  bundled: z.string().min(1),
  /** Folder of the model to personalise, which stays as it is. */
  model: z.string().min(1),
  /** A dataset's id or path. */
  samples: z.string().min(1),
  /** Of the new model. */
  name: z.string().min(1),
});
export type PersonalizeParams = z.infer<typeof personalizeParamsSchema>;

/** Shares of samples that are read right, 0 to 1. */
const beforeAfterSchema = z.object({ samples: z.number().int(), before: z.number(), after: z.number() });
export type BeforeAfter = z.infer<typeof beforeAfterSchema>;

export const personalizationSchema = z.object({
  /** Samples of the person that were learnt from. */
  learnt: z.number().int(),
  /** Characters that the model did not know before. */
  newClasses: z.array(z.string()),
  /** On the person's samples that were held out. */
  person: beforeAfterSchema,
  /** On samples of what the model was trained for. */
  original: beforeAfterSchema.extend({
    dataset: z.string(),
    /** Whether the model may have been trained on some of them, so that it reads them better than others. */
    perhapsLearnt: z.boolean(),
    /** Of the model that this one comes from, before it learnt the first sample of a person. */
    first: z.number().optional(),
  }),
  /** How much of what was learnt is in the weights, 0 to 1. */
  mix: z.number(),
  seconds: z.number(),
});
export type Personalization = z.infer<typeof personalizationSchema>;

export const personalizeResultSchema = personalizationSchema.extend({ model: z.string(), name: z.string() });
export type PersonalizeResult = z.infer<typeof personalizeResultSchema>;

/** Makes a new model of one that knows the person's hand better; cancelled it leaves nothing behind. */
export const personalizeRequest = new RequestType<PersonalizeParams, PersonalizeResult, void>('personalize');

export const personalizeProgressSchema = z.object({
  id: z.string(),
  phase: z.enum(['reading', 'looking', 'learning', 'measuring']),
  /** Share of the whole work, 0 to 1. */
  done: z.number(),
});
export type PersonalizeProgress = z.infer<typeof personalizeProgressSchema>;
export const personalizeProgressNotification = new NotificationType<PersonalizeProgress>(
  'personalizeProgress',
);

export const confusedParamsSchema = z.object({
  /** Folder of the model. */
  model: z.string().min(1),
  /** The folder of datasets. */
  home: z.string().min(1),
  count: z.number().int().min(1).max(100),
});
export type ConfusedParams = z.infer<typeof confusedParamsSchema>;

export const confusedResultSchema = z.object({ characters: z.array(z.string()) });
export type ConfusedResult = z.infer<typeof confusedResultSchema>;

/** The characters that a model confuses most, of the person's hand first. */
export const confusedRequest = new RequestType<ConfusedParams, ConfusedResult, void>('confused');
