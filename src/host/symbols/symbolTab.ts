import * as vscode from 'vscode';
import {
  type HostToSymbol,
  type ShownSymbol,
  type SymbolToHost,
  symbolToHostSchema,
} from '../../protocol/pages/symbol';
import { glyphOf } from '../../symbols/insertion';
import { wordsOf } from '../../symbols/lookAlikes';
import type { LatexSymbol } from '../../symbols/symbolTable';
import type { Page } from '../shell/page';
import type { Shell } from '../shell/shell';
import { type TabContent, Tabs } from '../shell/tabs';
import type { Symbols } from './symbols';

export type SymbolTab = Tabs<SymbolToHost, HostToSymbol, LatexSymbol>;

/** The editor tab that shows how people draw a symbol; the keyboard stays where it is. */
export function symbolTab(shell: Shell, symbols: Symbols): SymbolTab {
  return new Tabs<SymbolToHost, HostToSymbol, LatexSymbol>(shell, {
    name: 'symbol',
    messages: symbolToHostSchema,
    title: () => 'Symbol',
    nameOf: () => 'symbol',
    column: () => vscode.ViewColumn.Beside,
    preserveFocus: true,
    open: (page, symbol) => new SymbolPage(page, symbol, symbols),
  });
}

class SymbolPage implements TabContent<SymbolToHost, HostToSymbol, LatexSymbol> {
  constructor(
    private readonly page: Page<SymbolToHost, HostToSymbol>,
    private symbol: LatexSymbol,
    private readonly symbols: Symbols,
  ) {}

  again(symbol: LatexSymbol): void {
    this.symbol = symbol;
    void this.page.tried(async () => this.page.post(await this.shown()));
  }

  receive(): Promise<HostToSymbol> {
    return this.shown();
  }

  private async shown(): Promise<ShownSymbol> {
    const { symbol } = this;
    const [{ table }, drawings] = await Promise.all([this.symbols.known(), this.symbols.drawings()]);
    const of = table.of(symbol.command) ?? { id: symbol.command, symbols: [symbol] };
    const drawn =
      drawings.get(symbol.command) ?? of.symbols.flatMap(({ command }) => drawings.get(command) ?? []);
    return { type: 'symbol', glyph: glyphOf(symbol), about: wordsOf(symbol, of), drawings: drawn };
  }
}
