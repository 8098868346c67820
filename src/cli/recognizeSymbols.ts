import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BUNDLED, BUNDLED_SYMBOLS } from '../base/bundled';
import { percent } from '../base/words';
import { startWasm } from '../engine/backends/wasm/wasmBackend';
import { loadSymbolModel } from '../engine/recognition/symbolModel';
import { commandsOf, SymbolTable, textOf } from '../symbols/symbolTable';
import { modelStore } from './modelReference';
import { print } from './output';
import { readInk } from './readInk';

/** The table of symbols that ships with Scrawl, beside the bundles. */
const TABLE = path.join(__dirname, '..', 'media', 'symbols.json');

/** What a class of symbols is written as. */
interface SymbolText {
  /** In Unicode where there is such a character, else the command. */
  readonly text: string;
  /** All LaTeX commands that the class stands for. */
  readonly commands: readonly string[];
  readonly probability: number;
}

/**
 * Reads each ink of a file as one symbol and prints its candidates.
 *
 * @param model reference of a model of symbols; `bundled` is the one that ships with Scrawl
 */
export async function recognizeSymbols(
  ink: string,
  { model, top, json }: { model: string; top: number; json?: boolean | undefined },
  home: string,
): Promise<void> {
  const { folder } = await modelStore(home).getSymbols(model === BUNDLED ? BUNDLED_SYMBOLS : model);
  await startWasm();
  const symbols = await loadSymbolModel(folder);
  const table = SymbolTable.parse(await readFile(TABLE, 'utf8'));
  for (const { id, ink: drawn } of await readInk(ink)) {
    const started = performance.now();
    const read = await symbols.read(drawn, top);
    const milliseconds = performance.now() - started;
    const candidates = read.map(({ id: name, probability }): SymbolText => {
      const found = table.get(name);
      return {
        text: found ? textOf(found) : name,
        commands: found ? commandsOf(found) : [name],
        probability,
      };
    });
    if (json) print(JSON.stringify({ id, candidates, milliseconds }));
    else print(`${id}  ${candidates.map(inWords).join('  ')}  (${milliseconds.toFixed(1)} ms)`);
  }
}

function inWords({ text, commands: [first = '', ...more], probability }: SymbolText): string {
  const command = text === first ? '' : ` ${first}`;
  return `${text}${command}${more.length > 0 ? ` +${String(more.length)}` : ''} ${percent(probability)}`;
}
