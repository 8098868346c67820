import type { Shell } from '../shell/shell';
import { MissingPackages } from './missingPackages';
import { Symbols } from './symbols';
import { symbolTab } from './symbolTab';
import { Used } from './used';
import { WrittenCommands } from './writtenCommands';

/** The symbols that ship with Scrawl, which of them the user takes, and the packages that LaTeX needs for them. */
export function registerSymbols(shell: Shell) {
  const symbols = new Symbols({
    table: shell.shipped('media', 'symbols.json'),
    spellings: shell.shipped('media', 'symbolSpellings.tsv'),
    drawings: shell.shipped('media', 'symbolDrawings.tsv'),
  });
  const missingPackages = shell.own(new MissingPackages(symbols, new WrittenCommands(shell.workspaceMemory)));
  const symbolDrawings = shell.own(symbolTab(shell, symbols));
  return { symbols, used: new Used(shell.memory), missingPackages, symbolDrawings };
}
