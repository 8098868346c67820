import { z } from 'zod';
import { SymbolTableError } from './errors';

const symbolSchema = z
  .object({
    command: z.string().min(1),
    package: z.string().min(1).optional(),
    encoding: z.string().min(1).optional(),
    mode: z.enum(['math', 'text', 'both']),
    text: z.string().min(1).optional(),
    name: z.string().min(1).optional(),
    label: z.string().min(1).optional(),
  })
  .readonly();

const tableSchema = z
  .array(z.object({ id: z.string().min(1), symbols: z.array(symbolSchema).min(1).readonly() }).readonly())
  .readonly();

/**
 * One way to write a symbol: its LaTeX `command`, the `package` and the font `encoding` that it needs besides LaTeX
 * itself, and the `mode` that it is allowed in. `text` is its Unicode, with the `name` of the character, where there is
 * one. `label` is what Detexify's data calls it where that is no LaTeX.
 */
export type LatexSymbol = z.infer<typeof symbolSchema>;

/** Symbols that are drawn alike, the most usual one first; `id` is that one's command, and never changes. */
export type SymbolClass = z.infer<typeof tableSchema>[number];

/** The classes of the symbols that Scrawl knows, in the order of `media/symbols.json`. */
export class SymbolTable {
  private readonly byId: ReadonlyMap<string, SymbolClass>;
  private readonly byLabel: ReadonlyMap<string, SymbolClass>;

  constructor(readonly classes: readonly SymbolClass[]) {
    this.byId = new Map(classes.map((each) => [each.id, each]));
    this.byLabel = new Map(
      classes.flatMap((each) =>
        each.symbols.flatMap((symbol) => labelsOf(symbol).map((label) => [label, each])),
      ),
    );
  }

  /**
   * Reads the text of `media/symbols.json`.
   *
   * @throws SymbolTableError where the text is of another form
   */
  static parse(text: string): SymbolTable {
    try {
      return new SymbolTable(tableSchema.parse(JSON.parse(text)));
    } catch (cause) {
      throw new SymbolTableError('The table of symbols is broken: install Scrawl again.', { cause });
    }
  }

  /** The class of an id. */
  get(id: string): SymbolClass | undefined {
    return this.byId.get(id);
  }

  /** The class that a command or a label of Detexify's data belongs to. */
  of(label: string): SymbolClass | undefined {
    return this.byLabel.get(label);
  }
}

/** What a class is shown and inserted as where no LaTeX is written: its Unicode where there is one, else its command. */
export function textOf({ symbols: [first] }: SymbolClass): string {
  return first?.text ?? first?.command ?? '';
}

/** All commands that a class stands for, each once, the most usual one first. */
export function commandsOf({ symbols }: SymbolClass): string[] {
  return [...new Set(symbols.flatMap(labelsOf))];
}

const labelsOf = ({ command, label }: LatexSymbol): string[] =>
  label === undefined ? [command] : [command, label];
