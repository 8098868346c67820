import * as vscode from 'vscode';
import type { DatasetLibrary } from '../../datasets/library';
import type { EngineClient } from '../../engineClient';
import type { CardDocuments } from '../../models/cardDocuments';
import type { ModelLibrary } from '../../models/library';
import type { ModelInUse } from '../../models/modelInUse';
import { Command } from '../../names';
import { duplicateSettings } from './duplicateSettings';
import { removeModel, renameModel, useModel } from './changeModel';
import { createEnsemble } from './ensemble';
import { exportStoredModel, importOwnModel } from './exchange';
import { modelArgument, wholeModelFor } from './pickModel';

export interface ModelParts {
  models: ModelLibrary;
  modelInUse: ModelInUse;
  cards: CardDocuments;
  library: DatasetLibrary;
  engine: EngineClient;
}

/** The commands on models; each takes a row of the tree, an id or a folder, or nothing. */
export function modelCommands({ models, modelInUse, cards, library, engine }: ModelParts) {
  return {
    [Command.useModel]: (argument?: unknown) => useModel(models, modelInUse, modelArgument(argument)),
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
    [Command.removeModel]: (argument?: unknown) => removeModel(models, modelInUse, modelArgument(argument)),
    [Command.duplicateModelSettings]: (argument?: unknown) =>
      duplicateSettings(models, modelArgument(argument)),
    [Command.exportModel]: (argument?: unknown) => exportStoredModel(models, modelArgument(argument)),
    [Command.importModel]: (argument?: unknown) =>
      importOwnModel(models, library, engine, argument instanceof vscode.Uri ? argument : undefined),
    [Command.createEnsemble]: (argument?: unknown) => createEnsemble(models, modelArgument(argument)),
  };
}
