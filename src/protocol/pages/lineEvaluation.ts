import * as z from 'zod/mini';
import type { Split } from '../../base/split';
import type { LineComparison } from '../../metrics/compareLines';
import type { Blanks, LineScores } from '../../metrics/lineScores';
import type { WriterFigure } from '../../metrics/writers';
import type { Failed } from './failed';
import { countSchema } from './number';

/** Lines of a page; the last page may hold fewer. */
export const LINE_PAGE = 25;

/** Whether blanks in texts and answers count. */
export const BLANKS = ['ignored', 'counted'] as const satisfies readonly Blanks[];

const characterSchema = z.string().check(z.minLength(1), z.maxLength(8));

/**
 * Which lines are listed: those read wrongly, all, those that the user changed, those that one of two reads better, those
 * of a writer that are read wrongly, or those with a certain error.
 */
export const lineFilterSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('wrong') }),
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('changed') }),
  /** Of a comparison: lines in which the first has fewer errors than the second, or more. */
  z.object({ kind: z.literal('better') }),
  z.object({ kind: z.literal('worse') }),
  z.object({ kind: z.literal('writer'), name: z.string().check(z.maxLength(10_000)) }),
  /** Without a truth a character was read where there is none; without an answer one was left out. */
  z.object({
    kind: z.literal('confusion'),
    truth: z.optional(characterSchema),
    answer: z.optional(characterSchema),
  }),
]);
export type LineFilter = z.infer<typeof lineFilterSchema>;

/** What is listed, and by which errors. */
export const lineViewSchema = z.object({ blanks: z.enum(BLANKS), filter: lineFilterSchema });
export type LineView = z.infer<typeof lineViewSchema>;

/**
 * What the page asks of the host. A place is a line's number in the list, from 0; the list's revision grows whenever it
 * is another one or its lines changed.
 */
export const lineEvaluationToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the view of before. */
  z.object({ type: z.literal('ready'), view: z.optional(lineViewSchema) }),
  z.object({ type: z.literal('view'), view: lineViewSchema }),
  z.object({ type: z.literal('page'), revision: countSchema, page: countSchema }),
  /** The host asks for the text. */
  z.object({ type: z.literal('relabel'), revision: countSchema, place: countSchema }),
  z.object({
    type: z.literal('exclude'),
    revision: countSchema,
    place: countSchema,
    /** False takes it back in. */
    excluded: z.boolean(),
  }),
  /** The line as it is stored. */
  z.object({ type: z.literal('restore'), revision: countSchema, place: countSchema }),
  z.object({ type: z.literal('undo') }),
  z.object({ type: z.literal('evaluateAgain') }),
  /** The host asks with what. */
  z.object({ type: z.literal('compare') }),
  z.object({ type: z.literal('endComparison') }),
  /** The host asks where a report goes. */
  z.object({ type: z.literal('export') }),
]);
export type LineEvaluationToHost = z.infer<typeof lineEvaluationToHostSchema>;

/** A character as a text has it and as it was read; nothing where it was left out, or where there was none. */
export interface Aligned {
  truth?: string;
  answer?: string;
}

/** How another evaluation of the same lines differs: differences are the first less the second. */
export interface LineComparisonShown {
  model: string;
  decoding: string;
  results: Record<Blanks, LineComparison>;
}

/** How well the lines are read, as they are labeled now. */
export interface ShownLineEvaluation {
  type: 'evaluation';
  /** What the host needs to open this again; the page keeps it and reads nothing in it. */
  remember: unknown;
  model: string;
  dataset: string;
  split: Split;
  /** A sentence, where model or data are not what was evaluated any more. */
  stale?: string;
  /** The lines can be shown and changed. */
  hasInk: boolean;
  /** ISO 8601. */
  created: string;
  backend: string;
  /** How the network's output was decoded. */
  decoding: string;
  linesPerSecond: number;
  /** Lines that the user excluded; nothing is said of them. */
  excluded: number;
  scores: Record<Blanks, LineScores>;
  /** What is confused by the view's errors, the most frequent first. */
  confusion: (Aligned & { count: number })[];
  /** Character error rate of each writer that is known, by the view's errors, the worst first. */
  writers: WriterFigure[];
  comparison?: LineComparisonShown;
  /** Why the comparison that is asked for cannot be made, a sentence. */
  incomparable?: string;
}

export interface LineList {
  type: 'list';
  revision: number;
  view: LineView;
  total: number;
  /** Lines that are read wrongly, of all that count. */
  wrong: number;
  /** What the last change did, where it can be undone. */
  undo?: string;
}

export interface ShownLine {
  split: Split;
  /** Its number in its split. */
  index: number;
  /** As it is labeled now, and as it is stored where that is something else. */
  text: string;
  stored?: string;
  answer: string;
  excluded: boolean;
  aligned: Aligned[];
  /** As the second evaluation has it, where two are compared. */
  other?: Aligned[];
  /** Of each stroke x, y, x, y and so on, y down. */
  ink: Float32Array[];
}

/** What the host tells the page. */
export type HostToLineEvaluation =
  | ShownLineEvaluation
  | LineList
  | { type: 'page'; revision: number; page: number; lines: ShownLine[] }
  /** It is being evaluated. */
  | { type: 'working'; message: string; share?: number }
  /** What was done, in words. */
  | { type: 'done'; message: string }
  /** One sentence for the user; nothing can be shown where nothing was before. */
  | Failed;
