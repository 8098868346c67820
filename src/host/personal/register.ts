import type { Engine } from '../engine/engine';
import type { ModelLibrary } from '../models/library';
import type { ModelsInUse } from '../models/modelsInUse';
import { modelArgument } from '../models/pickModel';
import type { Pads } from '../pad/pads';
import { Command } from '../shell/names';
import type { Shell } from '../shell/shell';
import { personalizeModel } from './personalizeModel';
import { practice } from './practice';

export interface PersonalNeeds {
  /** How many samples a dataset holds. */
  readonly countSamples: (dataset: string) => Promise<number>;
  readonly models: ModelLibrary;
  readonly inUse: ModelsInUse;
  readonly engine: Engine;
  readonly pad: Pads;
}

/** Learning the user's hand. */
export function registerPersonal(
  shell: Shell,
  { countSamples, models, inUse, engine, pad }: PersonalNeeds,
): void {
  const startPractice = () => practice({ models, inUse, engine, pad });
  shell.commands({
    [Command.personalizeModel]: (argument) =>
      personalizeModel({ models, inUse, engine, countSamples }, modelArgument(argument)),
    [Command.practiceCharacters]: startPractice,
    'scrawl.practiseCharacters': startPractice,
  });
}
