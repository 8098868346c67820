import { requestAlphabet } from '../../base/alphabet';
import type { Engine } from '../engine/engine';
import type { ModelsInUse } from '../models/modelsInUse';
import type { Keeper } from '../samples/keeper';
import type { MissingPackages } from '../symbols/missingPackages';
import type { Symbols } from '../symbols/symbols';
import type { SymbolTab } from '../symbols/symbolTab';
import type { Used } from '../symbols/used';
import { settings } from '../shell/settings';
import type { Shell } from '../shell/shell';
import { askCompletions } from './askCompletions';
import { CharacterNames } from './characterNames';
import { Completions } from './completions';
import { FindSymbol } from './findSymbol';
import { GhostText } from './ghostText';
import { padCommands } from './padCommands';
import { Pads } from './pads';
import { PickCharacter } from './pickCharacter';
import { Places } from './places';
import { Recognition } from './recognition';
import { RestSwitch } from './restSwitch';
import { SymbolWriter } from './symbolWriter';
import { Targets } from './targets';
import { Writer } from './writer';

export interface PadNeeds {
  readonly engine: Engine;
  readonly inUse: ModelsInUse;
  readonly keeper: Keeper;
  readonly symbols: Symbols;
  readonly used: Used;
  readonly missingPackages: MissingPackages;
  readonly symbolDrawings: SymbolTab;
}

/** Milliseconds from the first stroke on after which reading does not wait for the completion provider. */
const PATIENCE = 300;

/** The pads, and what writes where the user works. */
export function registerPad(shell: Shell, needs: PadNeeds) {
  const { engine, inUse, keeper, symbols, used } = needs;
  const targets = shell.own(new Targets());
  const writer = new Writer(targets);
  const patience = () => new Promise<void>((resolve) => setTimeout(resolve, PATIENCE));
  const names = new CharacterNames(shell.shipped('media', 'characterNames.tsv'));
  const forms = () => settings.symbolForms;
  const symbolWriter = new SymbolWriter({ symbols, used, missing: needs.missingPackages, forms });
  const finder = new FindSymbol({ names, used, writer: symbolWriter, drawings: needs.symbolDrawings });
  const parts = {
    writer,
    targets,
    places: new Places(new Completions(askCompletions, patience)),
    ghost: shell.own(new GhostText()),
    keeper,
    models: inUse,
    picker: new PickCharacter(names, used),
    finder,
    symbolWriter,
    rest: new RestSwitch(shell.memory),
  };
  const recognition = () =>
    new Recognition({
      engine,
      models: inUse,
      symbolsModel: shell.shipped('media', 'models', 'symbols'),
      symbols: { known: () => symbolWriter.begin() },
      meant: () => ({ forms: forms(), usesOf: ({ command }) => used.countOf(command) }),
      home: shell.home,
      alphabet: () => requestAlphabet(settings.alphabet, settings.customAlphabet),
    });
  const pads = shell.own(new Pads(shell, parts, recognition));
  shell.commands(padCommands({ pads, writer, targets }));
  return { pad: pads, writer, placeNow: () => parts.places.of(targets.current) };
}
