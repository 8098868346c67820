import type * as vscode from 'vscode';
import type { Chosen } from '../../protocol/pages/pad';
import type { FormTable } from '../../symbols/forms';
import { behindSymbol, insertionOf } from '../../symbols/insertion';
import { hasStops, withoutStops } from '../../symbols/snippet';
import type { LatexSymbol } from '../../symbols/symbolTable';
import type { MissingPackages } from '../symbols/missingPackages';
import type { KnownSymbols, Symbols } from '../symbols/symbols';
import type { Used } from '../symbols/used';
import type { Insertable } from './insertable';

export interface SymbolWriterParts {
  readonly symbols: Symbols;
  readonly used: Used;
  readonly missing: Pick<MissingPackages, 'watch'>;
  /** How languages write symbols, as it is now. */
  readonly forms: () => FormTable;
}

/** Knows what is inserted for what the user chose: a text, a symbol as the file writes it, or a snippet. */
export class SymbolWriter {
  /** Known as soon as a symbol was shown. */
  private known: KnownSymbols | undefined;

  constructor(private readonly parts: SymbolWriterParts) {}

  /** Reads the symbols, without which none can be written. */
  async begin(): Promise<KnownSymbols> {
    this.known = await this.parts.symbols.known();
    return this.known;
  }

  /**
   * What is inserted.
   *
   * @param last what was inserted before, from which a text is kept apart where it is a symbol
   */
  insertable({ text, symbol, isOwn }: Chosen, last?: Chosen): Insertable {
    const writing = {
      forms: this.parts.forms(),
      spellings: this.known?.spellings ?? new Map<string, never>(),
    };
    const known = this.symbolOf(symbol);
    if (known) return { textAt: (place) => insertionOf(known, place, writing) };
    if (isOwn && hasStops(text)) return { textAt: () => withoutStops(text), snippet: text };
    const before = this.symbolOf(last?.symbol);
    return before ? { textAt: (place) => behindSymbol(text, before, place, writing) } : text;
  }

  /** Remembers what was inserted, and looks after its package where a document of LaTeX has it now. */
  async wrote({ text, symbol }: Chosen, document: vscode.TextDocument | undefined): Promise<void> {
    if (symbol === undefined) return;
    await this.parts.used.note(symbol, text);
    if (document) await this.parts.missing.watch(document, symbol);
  }

  private symbolOf(command: string | undefined): LatexSymbol | undefined {
    return command === undefined ? undefined : this.known?.byCommand.get(command);
  }
}
