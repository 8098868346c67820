import * as vscode from 'vscode';
import type { DatasetLibrary } from '../datasets/library';
import type { Engine } from '../engine/engine';
import type { CardDocuments } from './cardDocuments';
import type { ModelLibrary } from './library';
import type { ModelsInUse } from './modelsInUse';
import { Command } from '../shell/names';
import { removeModel, renameModel } from './changeModel';
import { createEnsemble } from './ensemble';
import { exportStoredModel, importOwnModel } from './exchange';
import { modelArgument, wholeModelFor } from './pickModel';
import { useModel } from './useModel';

export interface ModelParts {
  models: ModelLibrary;
  inUse: ModelsInUse;
  cards: CardDocuments;
  library: DatasetLibrary;
  engine: Engine;
}

/** The commands on models; each takes a row of the tree, an id or a folder, or nothing. */
export function modelCommands({ models, inUse, cards, library, engine }: ModelParts) {
  return {
    [Command.useModel]: (argument?: unknown) => useModel({ models, inUse, engine }, modelArgument(argument)),
    [Command.showModelCard]: async (argument?: unknown) => {
      const model = await wholeModelFor(models, modelArgument(argument), {
        title: 'Show Model Card',
        placeHolder: 'The model to read about',
        suits: () => true,
        none: 'There is no model.',
      });
      if (model) await cards.show(model.id, model.name);
    },
    [Command.renameModel]: (argument?: unknown) => renameModel(models, modelArgument(argument)),
    [Command.removeModel]: (argument?: unknown) => removeModel(models, inUse, modelArgument(argument)),
    [Command.exportModel]: (argument?: unknown) => exportStoredModel(models, engine, modelArgument(argument)),
    [Command.importModel]: (argument?: unknown) =>
      importOwnModel(models, library, engine, argument instanceof vscode.Uri ? argument : undefined),
    [Command.createEnsemble]: (argument?: unknown) => createEnsemble(models, modelArgument(argument)),
  };
}
