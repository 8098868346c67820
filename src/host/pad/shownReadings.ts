import type { Reading } from '../../protocol/ink';
import type { ShownReading } from '../../protocol/pages/pad';
import { glyphOf } from '../../symbols/insertion';
import { likeliest, type Meant, wordsOf } from '../../symbols/lookAlikes';
import type { LatexSymbol, SymbolClass, SymbolTable } from '../../symbols/symbolTable';

/**
 * What the pad shows of readings: of a class of symbols that look alike the one that is meant, and what is read as the
 * same by both models once. A symbol that the user has taught is the one of the table, where that has it.
 */
export function shownReadings(
  readings: readonly Reading[],
  table: SymbolTable,
  meant: Meant,
  top: number,
): ShownReading[] {
  const shown = readings.flatMap((reading) => shownReading(reading, table, meant) ?? []);
  const symbols = new Map(shown.filter(({ about }) => about).map((each) => [each.text, each]));
  const merged = new Map<string, ShownReading>();
  for (const reading of shown) {
    const isKnown = reading.about === undefined && (reading.isOwn === true || isWrittenSo(reading, symbols));
    const one = (isKnown && symbols.get(reading.text)) || reading;
    const key = keyOf(one);
    const same = merged.get(key);
    merged.set(key, { ...(same ?? one), probability: (same?.probability ?? 0) + reading.probability });
  }
  return [...merged.values()].sort((a, b) => b.probability - a.probability).slice(0, top);
}

/** What a symbol may be instead: what else is drawn as it is, then the other readings. */
export function insteadOf(
  text: string,
  readings: readonly Reading[],
  table: SymbolTable,
  meant: Meant,
): ShownReading[] {
  const all = readings.flatMap((reading) => {
    const of = table.get(reading.symbol ?? '');
    return of ? [likeliest(of, meant).map((symbol) => shownSymbol(reading, symbol, of))] : [[reading]];
  });
  const own = all.find((each) => each[0]?.text === text) ?? [];
  return [...own, ...all.flatMap((each) => (each === own ? [] : each.slice(0, 1)))];
}

function shownReading(reading: Reading, table: SymbolTable, meant: Meant): ShownReading | undefined {
  if (reading.symbol === undefined) return reading;
  const of = table.get(reading.symbol);
  const [symbol] = of ? likeliest(of, meant) : [];
  // a class that the table does not know is one of a model of another time
  return of && symbol && shownSymbol(reading, symbol, of);
}

function shownSymbol(reading: Reading, symbol: LatexSymbol, of: SymbolClass): ShownReading {
  return { ...reading, text: glyphOf(symbol), symbol: symbol.command, about: wordsOf(symbol, of) };
}

/** Whether a character is a symbol that LaTeX, too, writes as that character. */
function isWrittenSo({ text }: Reading, symbols: ReadonlyMap<string, ShownReading>): boolean {
  return symbols.get(text)?.symbol === text;
}

function keyOf({ text, symbol }: Reading): string {
  return symbol === undefined ? `text ${text}` : `symbol ${symbol}`;
}
