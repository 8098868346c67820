import type * as vscode from 'vscode';
import { ModelsView } from '../views/modelsView';
import { CardDocuments } from './cardDocuments';
import { ModelLibrary } from './library';
import { ModelInUse } from './modelInUse';

export interface Models {
  readonly models: ModelLibrary;
  readonly modelInUse: ModelInUse;
  readonly cards: CardDocuments;
  dispose(): void;
}

/** All that shows and keeps models: the store, the one in use, the tree and the cards. */
export function openModels(home: string, bundled: string, log: vscode.LogOutputChannel): Models {
  const models = new ModelLibrary(home, bundled);
  const modelInUse = new ModelInUse(models, log);
  const cards = new CardDocuments(models);
  const view = new ModelsView(models, modelInUse, log);
  const dispose = () => {
    for (const part of [view, cards, modelInUse, models]) part.dispose();
  };
  return { models, modelInUse, cards, dispose };
}
