import { readFile } from 'node:fs/promises';
import { groupBy } from '../../base/groupBy';
import { type Drawing, parseDrawings } from '../../symbols/drawings';
import type { LatexSymbol } from '../../symbols/symbolTable';
import { type Spellings, parseSpellings } from '../../symbols/spellings';
import type { Requirements } from '../../symbols/packages';
import { requirementsOf } from '../../symbols/requirements';
import { SymbolTable } from '../../symbols/symbolTable';

/** What is known of symbols. */
export interface KnownSymbols {
  readonly table: SymbolTable;
  readonly spellings: Spellings;
  readonly requirements: Requirements;
  /** Symbols by their commands; of one that several packages have, that of the first. */
  readonly byCommand: ReadonlyMap<string, LatexSymbol>;
}

/** The symbols that ship with Scrawl, read when they are first asked for. */
export class Symbols {
  private read: Promise<KnownSymbols> | undefined;
  private drawn: Promise<ReadonlyMap<string, readonly Drawing[]>> | undefined;

  /** @param files the table of classes, how their characters are written elsewhere, and how people draw them */
  constructor(
    private readonly files: {
      readonly table: string;
      readonly spellings: string;
      readonly drawings: string;
    },
  ) {}

  /** @throws SymbolTableError where the table is damaged */
  known(): Promise<KnownSymbols> {
    this.read ??= this.load();
    this.read.catch(() => (this.read = undefined));
    return this.read;
  }

  /** How people draw symbols, by their commands. */
  drawings(): Promise<ReadonlyMap<string, readonly Drawing[]>> {
    this.drawn ??= readFile(this.files.drawings, 'utf8').then(parseDrawings);
    return this.drawn;
  }

  private async load(): Promise<KnownSymbols> {
    const [classes, spellings] = await Promise.all(
      [this.files.table, this.files.spellings].map((file) => readFile(file, 'utf8')),
    );
    const table = SymbolTable.parse(classes ?? '');
    const symbols = table.classes.flatMap((each) => [...each.symbols]);
    return {
      table,
      spellings: parseSpellings(spellings ?? ''),
      requirements: requirementsOf(symbols),
      byCommand: new Map(
        [...groupBy(symbols, ({ command }) => command)].flatMap(([command, [first]]) =>
          first ? [[command, first]] : [],
        ),
      ),
    };
  }
}
