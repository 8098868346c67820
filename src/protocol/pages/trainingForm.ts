import * as z from 'zod/mini';
import type { Failed } from './failed';
import type { Gray } from './importPreview';

/** Samples in the preview of the variations. */
export const PREVIEWED = 12;

/** A run as it stands in the form, not yet checked. */
export const draftSchema = z.object({
  name: z.string().check(z.maxLength(1000)),
  /** As on the command line: a dataset's id, or a path. */
  dataset: z.string().check(z.maxLength(10_000)),
  /** A preset's name, or the path of a network file; not asked for where the run goes on from a model. */
  network: z.string().check(z.maxLength(10_000)),
  /** By the fields' names. */
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The model that the run goes on from, and its layers that do not learn. */
  from: z.optional(z.object({ model: z.string(), frozen: z.array(z.string()) })),
});
export type Draft = z.infer<typeof draftSchema>;

export interface FormChoice {
  value: string;
  label: string;
  /** What is good to know of it, in a few words. */
  detail?: string;
}

/** As in the table of the run's settings, which is what the host sends. */
export type FormField = {
  name: string;
  label: string;
  description: string;
  group: string;
} & (
  | { kind: 'integer' | 'number'; min: number; max: number; step: number }
  | { kind: 'choice'; choices: readonly { value: string; label: string; description: string }[] }
);

/** What is wrong at a place of the form: a field's name, `name`, `dataset` or `network`. */
export interface FormProblem {
  field: string;
  message: string;
}

export interface Form {
  type: 'form';
  draft: Draft;
  fields: FormField[];
  datasets: FormChoice[];
  networks: FormChoice[];
  /** Names of the layers that can be kept as they are; where the run goes on from a model. */
  layers?: string[];
  /** By optimizer: what the learning rate becomes when it is chosen. */
  usualLearningRates: Record<string, number>;
}

/** What a test of learning rates has found. */
export interface RateCurve {
  /** The smoothed loss of each rate, which grow. */
  points: { rate: number; loss: number }[];
  /** Where the loss falls fastest, if it does. */
  suggestion?: number | undefined;
}

/** What the host tells the form of a run. */
export type HostToForm =
  | Form
  /** A file that the user chose, to add to its list and to choose. */
  | { type: 'chosen'; what: 'dataset' | 'network'; choice: FormChoice }
  | { type: 'preview'; id: number; pictures: Gray[] }
  | ({ type: 'rates'; id: number } & RateCurve)
  /** Why the run cannot start. */
  | { type: 'invalid'; problems: FormProblem[] }
  | Failed;

/** What the form asks of the host. */
export const formToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with what was filled in before. */
  z.object({ type: z.literal('ready'), draft: z.optional(draftSchema) }),
  z.object({ type: z.literal('browse'), what: z.enum(['dataset', 'network']) }),
  z.object({ type: z.literal('preview'), id: z.int(), draft: draftSchema }),
  /** Which learning rate suits the run; the answer to another one is wanted no more. */
  z.object({ type: z.literal('testRates'), id: z.int(), draft: draftSchema }),
  z.object({ type: z.literal('stopTest') }),
  z.object({ type: z.literal('start'), draft: draftSchema }),
  z.object({ type: z.literal('cancel') }),
]);
export type FormToHost = z.infer<typeof formToHostSchema>;
