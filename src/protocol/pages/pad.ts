import * as z from 'zod/mini';
import type { Failed } from './failed';
import { givenPictureSchema } from './image';
import type { SymbolWords } from '../../symbols/lookAlikes';
import {
  guideSchema,
  type Ink,
  inkSchema,
  type Picture,
  pictureSchema,
  type Reading,
  spacesSchema,
} from '../ink';

const penWidthSchema = /* @__PURE__ */ z.number().check(z.positive());
/** A character, a word, or some lines. */
const textSchema = /* @__PURE__ */ z.string().check(z.minLength(1), z.maxLength(2_000));

/** Ink with the width of its pen and the lines that it was written on, in the same unit. */
const drawnSchema = z.object({ ink: inkSchema, penWidth: penWidthSchema, guide: z.optional(guideSchema) });
export type Drawn = z.infer<typeof drawnSchema>;

/** What of a reading says what is inserted for it. */
const chosenShape = {
  text: textSchema,
  /** The command of the symbol that the text is. */
  symbol: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** The text is a symbol of the user's own, which may be a snippet. */
  isOwn: z.optional(z.boolean()),
};
export type Chosen = z.infer<z.ZodMiniObject<typeof chosenShape>>;

/** What of a reading says what is inserted for it. */
export function chosenOf({ text, symbol, isOwn }: Chosen): Chosen {
  return { text, ...(symbol !== undefined && { symbol }), ...(isOwn !== undefined && { isOwn }) };
}

/** Whether a reading is one symbol, whatever the length of its text. */
export function isSymbol({ symbol, isOwn }: Chosen): boolean {
  return symbol !== undefined || isOwn === true;
}

/** What the pad asks of the host: intents of the user who draws. */
export const padToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The pad took or lost the keyboard. */
  z.object({ type: z.literal('focus'), focused: z.boolean() }),
  /** The ink changed; `id` grows with every change, and only the answer to the newest one counts. */
  z.object({
    type: z.literal('recognize'),
    id: z.int(),
    ink: inkSchema,
    /** Width of the pen in the ink's unit. */
    penWidth: penWidthSchema,
    /** The lines that it was written on; the first of them where there are several rows. */
    guide: z.optional(guideSchema),
    spaces: z.optional(spacesSchema),
  }),
  /** The pen came down on an empty pad: the host can make ready what reading will want. */
  z.object({ type: z.literal('begin') }),
  /** What the ink `id` may say instead of this text at one of its characters, counted from 0. */
  z.object({
    type: z.literal('alternatives'),
    id: z.int(),
    text: textSchema,
    at: z.int().check(z.nonnegative()),
  }),
  /** What stands at the cursor as ghost text, until it is inserted or something else stands there; '' is nothing. */
  z.object({
    type: z.literal('preview'),
    ...chosenShape,
    text: z.string().check(z.maxLength(2_000)),
  }),
  /** The same for a picture that was sent to the pad. */
  z.object({ type: z.literal('recognizePicture'), id: z.int(), picture: pictureSchema }),
  /** `id` is the ink that the text stands for: once inserted, that ink is removed. */
  z.object({
    type: z.literal('insert'),
    id: z.int(),
    ...chosenShape,
    /** The ink, where the user chose another text than the first. */
    correction: z.optional(drawnSchema),
  }),
  /** Another text instead of the one that was inserted last, for the ink `id`. */
  z.object({ type: z.literal('replaceInserted'), id: z.int(), ...chosenShape }),
  /** Takes back the text that was inserted last, for the ink `id`. */
  z.object({ type: z.literal('takeBack'), id: z.int() }),
  /** What was typed while the pad had the keyboard. */
  z.object({ type: z.literal('type'), text: textSchema }),
  /** A switch of the pad was turned. */
  z.object({ type: z.literal('switch'), setting: z.enum(['insertAfter', 'guideLines']), on: z.boolean() }),
  /** The user wants the text to go elsewhere; the host asks where. */
  z.object({ type: z.literal('chooseTarget') }),
  z.object({ type: z.literal('edit'), edit: z.enum(['space', 'backspace', 'newLine']) }),
  z.object({ type: z.literal('alphabet'), alphabet: z.string().check(z.minLength(1)) }),
  /** The user wants to choose from all characters, or from all symbols; the host asks which. */
  z.object({
    type: z.literal('pickFromAlphabet'),
    of: z.enum(['characters', 'symbols']),
    id: z.int(),
    correction: z.optional(drawnSchema),
  }),
  /** Keep the ink `id` as a sample; the host asks of what, and offers the suggestion first. */
  z.object({
    type: z.literal('keep'),
    id: z.int(),
    drawn: drawnSchema,
    suggestion: z.optional(z.string().check(z.maxLength(2_000))),
    /** The suggestion is one symbol, whatever its length. */
    isSymbol: z.optional(z.boolean()),
  }),
  z.object({ type: z.literal('undoKeep') }),
  /** A picture was dropped on the pad or pasted into it. */
  z.object({ type: z.literal('givePicture'), picture: givenPictureSchema }),
  /** Keep the ink as a sample of this, without inserting it. */
  z.object({
    type: z.literal('teach'),
    drawn: drawnSchema,
    label: textSchema,
    isSymbol: z.optional(z.boolean()),
  }),
  /** What to do about the character that the pad asks for; `keep` has the ink. */
  z.object({
    type: z.literal('practice'),
    action: z.enum(['keep', 'skip', 'back', 'end']),
    drawn: z.optional(drawnSchema),
  }),
]);
export type PadToHost = z.infer<typeof padToHostSchema>;
export type RecognizeIntent = Extract<PadToHost, { type: 'recognize' | 'recognizePicture' }>;
export type PracticeAction = Extract<PadToHost, { type: 'practice' }>['action'];

/** A reading as the pad shows it; of a symbol, `symbol` is its command and the text what it looks like. */
export interface ShownReading extends Reading {
  about?: SymbolWords;
}

export interface PadSettings {
  type: 'settings';
  /** Id of the model that reads, unless it is the bundled one: another one reads what is there anew. */
  model?: string;
  /** An alphabet's name, or `custom`. */
  alphabet: string;
  customAlphabet: string;
  /** Milliseconds of rest after which the first candidate is inserted; 0 is never. */
  insertAfter: number;
  /** The first candidate's probability under which the pad says 'not sure', 0 to 1. */
  notSureBelow: number;
  /** Shows the lines that one writes on. */
  guideLines: boolean;
  /** Takes no stroke of a finger or a mouse. */
  penOnly: boolean;
  /** Keys and candidates stand where a left hand does not hide them. */
  leftHanded: boolean;
}

/** The character to practice, and which of how many it is, from 1; without one the practice is over. */
export interface PracticeTask {
  type: 'practice';
  label?: string;
  place: number;
  of: number;
}

/** Where the text goes, such as `multi.js, line 9`; or why it can go nowhere, as a sentence. */
export interface PadTarget {
  type: 'target';
  name?: string;
  problem?: string;
}

/** What the host tells the pad. */
export type HostToPad =
  | PadSettings
  | PadTarget
  /** The picture is what the network of characters saw, where one character was written. */
  | { type: 'candidates'; id: number; readings: ShownReading[]; picture?: Picture }
  | { type: 'alternatives'; id: number; at: number; readings: ShownReading[] }
  | Failed
  /** The text for the ink `id` is where the user wanted it. */
  | ({ type: 'inserted'; id: number } & Chosen)
  /** The text for the ink `id` went nowhere, and the user knows why: the ink stays. */
  | { type: 'notInserted'; id: number }
  /** What was inserted for the ink `id` is another text now. */
  | ({ type: 'replaced'; id: number } & Chosen)
  /** What was inserted for the ink `id` is gone again, or could not be found any more. */
  | { type: 'takenBack'; id: number; done: boolean }
  /** A sample was kept, or taken back: what to say of it; once kept, the ink `id` is removed. */
  | { type: 'kept'; id?: number; message: string; canUndo: boolean }
  | PracticeTask
  /** A sample of a dataset: what would the model say? */
  | { type: 'showInk'; ink: Ink; penWidth?: number }
  | { type: 'showPicture'; picture: Picture }
  | { type: 'command'; command: 'clear' | 'undo' | 'redo' | 'pick' | 'findSymbol' | 'keep' | 'focus' }
  | { type: 'insertCandidate'; index: number };
