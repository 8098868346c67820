import * as z from 'zod/mini';
import type { Drawing } from '../../symbols/drawings';
import type { SymbolWords } from '../../symbols/lookAlikes';
import type { Failed } from './failed';

/** What the page of a symbol asks of the host. */
export const symbolToHostSchema = z.discriminatedUnion('type', [z.object({ type: z.literal('ready') })]);
export type SymbolToHost = z.infer<typeof symbolToHostSchema>;

/** A symbol, and how people draw it. */
export interface ShownSymbol {
  type: 'symbol';
  /** What it looks like: its character, or else its command. */
  glyph: string;
  about: SymbolWords;
  drawings: readonly Drawing[];
}

/** What the host tells the page of a symbol. */
export type HostToSymbol = ShownSymbol | Failed;
