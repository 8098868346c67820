import type { DatasetLibrary } from '../datasets/library';
import type { Engine } from '../engine/engine';
import type { Shell } from '../shell/shell';
import { CardDocuments } from './cardDocuments';
import { ModelLibrary } from './library';
import { modelCommands } from './modelCommands';
import { ModelsInUse } from './modelsInUse';
import { ModelsView } from './modelsView';

/** The stored models and those in use. */
export function registerModels(
  shell: Shell,
  { library, engine }: { library: DatasetLibrary; engine: Engine },
) {
  const models = shell.own(new ModelLibrary(shell.home, shell.shipped('media', 'models', 'characters')));
  const inUse = shell.own(new ModelsInUse(models, shell.log));
  const cards = shell.own(new CardDocuments(models));
  shell.own(new ModelsView(models, inUse, shell.log));
  shell.commands(modelCommands({ models, inUse, cards, library, engine }));
  return { models, inUse };
}
