import * as vscode from 'vscode';
import type { Chosen } from '../../protocol/pages/pad';
import { glyphOf } from '../../symbols/insertion';
import type { LatexSymbol } from '../../symbols/symbolTable';
import type { SymbolTab } from '../symbols/symbolTab';
import type { Used } from '../symbols/used';
import type { Label } from './askLabel';
import type { CharacterNames } from './characterNames';
import { pickOrType, separator } from '../shell/pickOrType';
import { inSections } from './ranked';
import { rankedSymbols } from './rankedSymbols';
import type { Recognition } from './recognition';
import type { SymbolWriter } from './symbolWriter';

interface SymbolItem extends vscode.QuickPickItem {
  readonly symbol: LatexSymbol;
}

export interface FindSymbolParts {
  readonly names: CharacterNames;
  readonly used: Used;
  readonly writer: Pick<SymbolWriter, 'begin'>;
  readonly drawings: Pick<SymbolTab, 'show'>;
}

/** Lets the user find any symbol: by its name, its command or its character, or among what a drawing may be. */
export class FindSymbol {
  constructor(private readonly parts: FindSymbolParts) {}

  /**
   * @param recognition has read the ink that the symbol is to stand for, where there is some
   * @returns undefined where the user took none
   */
  async find(recognition?: Pick<Recognition, 'likelySymbols'>): Promise<Chosen | undefined> {
    const { names, used, writer } = this.parts;
    const [{ table, byCommand }, likely = [], named] = await Promise.all([
      writer.begin(),
      recognition?.likelySymbols(),
      names.all(),
    ]);
    const nameOf = new Map(named.map(({ character, name }) => [character, name]));
    const list = rankedSymbols({
      likely: likely.flatMap((id) => table.get(id) ?? []),
      all: [...byCommand.values()],
      usesOf: ({ command }) => used.countOf(command),
    });
    const chosen = await pickOrType<SymbolItem>({
      title: 'Find Symbol',
      placeholder: 'A name, such as sum or right arrow, a command, or the character itself',
      onButton: ({ symbol }) => this.parts.drawings.show(symbol),
      items: inSections(list, (symbol) => itemOf(symbol, nameOf.get(symbol.text ?? '')), separator),
    });
    return chosen && { text: glyphOf(chosen.symbol), symbol: chosen.symbol.command };
  }

  /** What samples of symbols are labeled with. */
  async labels(): Promise<Label[]> {
    const { byCommand } = await this.parts.writer.begin();
    return [...byCommand.values()].map((symbol) => ({
      label: glyphOf(symbol),
      description: symbol.name?.toLowerCase() ?? '',
      isSymbol: true,
    }));
  }
}

/** @param called what people call its character */
function itemOf(symbol: LatexSymbol, called: string | undefined): SymbolItem {
  const { command, name, package: from } = symbol;
  const glyph = glyphOf(symbol);
  const words = [called ?? name?.toLowerCase(), from].filter((each) => each !== undefined);
  return {
    label: glyph === command ? command : `${glyph}  ${command}`,
    description: words.join(' · '),
    buttons: [{ iconPath: new vscode.ThemeIcon('eye'), tooltip: 'How people draw it' }],
    symbol,
  };
}
