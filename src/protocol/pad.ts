import { z } from 'zod';
import { candidateSchema, inkSchema } from './engine';

/** What the pad asks of the host: intents of the person who draws. */
export const padToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The ink changed; `id` grows with every change, and only the answer to the newest one counts. */
  z.object({ type: z.literal('recognize'), id: z.number().int(), ink: inkSchema }),
  z.object({ type: z.literal('insert'), text: z.string().min(1).max(100) }),
  z.object({ type: z.literal('edit'), edit: z.enum(['space', 'backspace', 'newLine']) }),
  z.object({ type: z.literal('alphabet'), alphabet: z.string().min(1) }),
  z.object({ type: z.literal('pickFromAlphabet') }),
]);
export type PadToHost = z.infer<typeof padToHostSchema>;

/** What the host tells the pad. */
export const hostToPadSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('settings'),
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
    picture: z.object({ width: z.number(), height: z.number(), pixels: z.array(z.number()) }),
  }),
  /** Recognition failed: one sentence for the user. */
  z.object({ type: z.literal('failed'), id: z.number().int(), message: z.string() }),
  /** A text was inserted or edited: the pad clears its ink. */
  z.object({ type: z.literal('inserted'), text: z.string() }),
  z.object({
    type: z.literal('command'),
    command: z.enum(['clear', 'undo', 'redo', 'insertFirst', 'focus']),
  }),
  z.object({ type: z.literal('insertCandidate'), index: z.number().int().min(0).max(4) }),
]);
export type HostToPad = z.infer<typeof hostToPadSchema>;
