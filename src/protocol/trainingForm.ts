import * as z from 'zod';
import type { ChoiceField, NumberField, SettingField } from '../models/runSettingFields';
import { greySchema } from './importPreview';

export type { ChoiceField, NumberField, SettingField };

/** Samples in the preview of the variations. */
export const PREVIEWED = 12;

/** A run as it stands in the form, not yet checked. */
export const draftSchema = z.object({
  name: z.string().max(1000),
  /** As on the command line: a dataset's id, or a path. */
  dataset: z.string().max(10_000),
  /** A preset's name, or the path of a network file; not asked for where the run goes on from a model. */
  network: z.string().max(10_000),
  /** By the fields' names. */
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The model that the run goes on from, and its layers that do not learn. */
  from: z.object({ model: z.string(), frozen: z.array(z.string()) }).optional(),
});
export type Draft = z.infer<typeof draftSchema>;

const choiceSchema = z.object({
  value: z.string(),
  label: z.string(),
  /** What is good to know of it, in a few words. */
  detail: z.string().optional(),
});
export type FormChoice = z.infer<typeof choiceSchema>;

const described = {
  name: z.string(),
  label: z.string(),
  description: z.string(),
  group: z.string(),
};

/** As in the table of the run's settings, which is what the host sends. */
export const fieldSchema = z.discriminatedUnion('kind', [
  z.object({
    ...described,
    kind: z.enum(['integer', 'number']),
    min: z.number(),
    max: z.number(),
    step: z.number(),
  }),
  z.object({
    ...described,
    kind: z.literal('choice'),
    choices: z.array(z.object({ value: z.string(), label: z.string(), description: z.string() })),
  }),
]);
export type FormField = z.infer<typeof fieldSchema>;

/** What is wrong at a place of the form: a field's name, `name`, `dataset` or `network`. */
const problemSchema = z.object({ field: z.string(), message: z.string() });
export type FormProblem = z.infer<typeof problemSchema>;

/** What the host tells the form of a run. */
export const hostToFormSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('form'),
    draft: draftSchema,
    fields: z.array(fieldSchema),
    datasets: z.array(choiceSchema),
    networks: z.array(choiceSchema),
    /** Names of the layers that can be kept as they are; where the run goes on from a model. */
    layers: z.array(z.string()).optional(),
    /** By optimiser: what the learning rate becomes when it is chosen. */
    usualLearningRates: z.record(z.string(), z.number()),
  }),
  /** A file that the person chose, to add to its list and to choose. */
  z.object({ type: z.literal('chosen'), what: z.enum(['dataset', 'network']), choice: choiceSchema }),
  z.object({ type: z.literal('preview'), id: z.number().int(), pictures: z.array(greySchema) }),
  z.object({ type: z.literal('previewFailed'), id: z.number().int(), message: z.string() }),
  /** Why the run cannot start. */
  z.object({ type: z.literal('invalid'), problems: z.array(problemSchema) }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type HostToForm = z.infer<typeof hostToFormSchema>;
export type Form = Extract<HostToForm, { type: 'form' }>;

/** What the form asks of the host. */
export const formToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with what was filled in before. */
  z.object({ type: z.literal('ready'), draft: draftSchema.optional() }),
  z.object({ type: z.literal('browse'), what: z.enum(['dataset', 'network']) }),
  z.object({ type: z.literal('preview'), id: z.number().int(), draft: draftSchema }),
  z.object({ type: z.literal('start'), draft: draftSchema }),
  z.object({ type: z.literal('cancel') }),
]);
export type FormToHost = z.infer<typeof formToHostSchema>;
