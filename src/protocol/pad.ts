import * as z from 'zod';
import { givenPictureSchema } from './imageView';
import { candidateSchema, inkSchema, pictureSchema } from './ink';

/** Ink with the width of its pen in the same unit. */
const drawnSchema = z.object({ ink: inkSchema, penWidth: z.number().positive() });
export type Drawn = z.infer<typeof drawnSchema>;

/** What the pad asks of the host: intents of the person who draws. */
export const padToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The pad took or lost the keyboard. */
  z.object({ type: z.literal('focus'), focused: z.boolean() }),
  /** The ink changed; `id` grows with every change, and only the answer to the newest one counts. */
  z.object({
    type: z.literal('recognize'),
    id: z.number().int(),
    ink: inkSchema,
    /** Width of the pen in the ink's unit. */
    penWidth: z.number().positive(),
  }),
  /** The same for a picture that was sent to the pad. */
  z.object({ type: z.literal('recognizePicture'), id: z.number().int(), picture: pictureSchema }),
  /** `id` is the ink that the text stands for: once inserted, that ink is removed. */
  z.object({
    type: z.literal('insert'),
    id: z.number().int(),
    text: z.string().min(1).max(100),
    /** The ink, where the person chose another text than the first. */
    correction: drawnSchema.optional(),
  }),
  z.object({ type: z.literal('edit'), edit: z.enum(['space', 'backspace', 'newLine']) }),
  z.object({ type: z.literal('alphabet'), alphabet: z.string().min(1) }),
  z.object({
    type: z.literal('pickFromAlphabet'),
    id: z.number().int(),
    correction: drawnSchema.optional(),
  }),
  /** Keep the ink as a sample; the host asks of what, and offers the suggestion first. */
  z.object({ type: z.literal('keep'), drawn: drawnSchema, suggestion: z.string().max(100).optional() }),
  z.object({ type: z.literal('undoKeep') }),
  /** A picture was dropped on the pad or pasted into it. */
  z.object({ type: z.literal('givePicture'), picture: givenPictureSchema }),
  /** Keep the ink as a sample of this, without inserting it. */
  z.object({ type: z.literal('teach'), drawn: drawnSchema, label: z.string().min(1).max(100) }),
  /** What to do about the character that the pad asks for; `keep` has the ink. */
  z.object({
    type: z.literal('practise'),
    action: z.enum(['keep', 'skip', 'back', 'end']),
    drawn: drawnSchema.optional(),
  }),
]);
export type PadToHost = z.infer<typeof padToHostSchema>;
export type RecognizeIntent = Extract<PadToHost, { type: 'recognize' | 'recognizePicture' }>;

/** What the host tells the pad. */
export const hostToPadSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('settings'),
    /** Id of the model that reads, unless it is the bundled one: another one reads what is there anew. */
    model: z.string().optional(),
    /** An alphabet's name, or `custom`. */
    alphabet: z.string(),
    customAlphabet: z.string(),
    /** Milliseconds of rest after which the first candidate is inserted; 0 is never. */
    insertAfter: z.number(),
    /** The first candidate's probability under which the pad says 'not sure', 0 to 1. */
    notSureBelow: z.number(),
  }),
  z.object({
    type: z.literal('candidates'),
    id: z.number().int(),
    candidates: z.array(candidateSchema),
    picture: pictureSchema,
  }),
  /** Recognition failed: one sentence for the user. */
  z.object({ type: z.literal('failed'), id: z.number().int(), message: z.string() }),
  /** The text for the ink `id` is where the person wanted it. */
  z.object({ type: z.literal('inserted'), id: z.number().int(), text: z.string() }),
  /** The text for the ink `id` went nowhere, and the person knows why: the ink stays. */
  z.object({ type: z.literal('notInserted'), id: z.number().int() }),
  /** A sample was kept, or taken back: what to say of it. */
  z.object({ type: z.literal('kept'), message: z.string(), canUndo: z.boolean() }),
  /** The character to practise, the how many-th of how many; without one the practice is over. */
  z.object({
    type: z.literal('practise'),
    label: z.string().optional(),
    place: z.number().int(),
    of: z.number().int(),
  }),
  /** A sample of a dataset: what would the model say? */
  z.object({ type: z.literal('showInk'), ink: inkSchema, penWidth: z.number().positive().optional() }),
  z.object({ type: z.literal('showPicture'), picture: pictureSchema }),
  z.object({
    type: z.literal('command'),
    command: z.enum(['clear', 'undo', 'redo', 'pick', 'keep', 'focus']),
  }),
  z.object({ type: z.literal('insertCandidate'), index: z.number().int().min(0).max(4) }),
]);
export type HostToPad = z.infer<typeof hostToPadSchema>;
export type PadSettings = Extract<HostToPad, { type: 'settings' }>;
export type PractiseAction = Extract<PadToHost, { type: 'practise' }>['action'];
export type PractiseTask = Extract<HostToPad, { type: 'practise' }>;
