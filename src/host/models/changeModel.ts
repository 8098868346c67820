import * as vscode from 'vscode';
import { nameProblem } from '../../models/modelName';
import type { ModelRecord } from '../../models/modelStore';
import type { ModelLibrary } from './library';
import type { ModelsInUse } from './modelsInUse';
import { type ModelArgument, modelFor } from './pickModel';

const UNDO = 'Undo';
const NONE = 'There is no model of yours yet: train or import one first.';
const isOwn = ({ kind }: ModelRecord) => kind !== 'bundled';

/** Gives a model another name. */
export async function renameModel(library: ModelLibrary, argument: ModelArgument): Promise<void> {
  const model = await modelFor(library, argument, {
    title: 'Rename Model',
    placeHolder: 'The model to rename',
    suits: (each) => isOwn(each) && each.problem === undefined,
    none: NONE,
  });
  if (!model) return;
  const name = await askName(library, 'Rename Model', model.name, model.id);
  if (name !== undefined && name !== model.name)
    await library.change((store) => store.rename(model.id, name));
}

/** Asks for a name that no other model has. */
export async function askName(
  library: ModelLibrary,
  title: string,
  value: string,
  own?: string,
): Promise<string | undefined> {
  const models = await library.list();
  const taken = new Set(models.filter(({ id }) => id !== own).map(({ name }) => name));
  const name = await vscode.window.showInputBox({
    title,
    prompt: 'The name of the model',
    value,
    validateInput: (text) => {
      if (taken.has(text.trim())) return 'There is a model of this name already.';
      return nameProblem(text.trim());
    },
  });
  return name?.trim();
}

/** Takes a model away, and offers to bring it back. */
export async function removeModel(
  library: ModelLibrary,
  inUse: ModelsInUse,
  argument: ModelArgument,
): Promise<void> {
  const model = await modelFor(library, argument, {
    title: 'Remove Model',
    placeHolder: 'The model to remove',
    suits: isOwn,
    none: NONE,
  });
  if (!model) return;
  const wasInUse = (await inUse.ids()).has(model.id);
  if (wasInUse) inUse.as(model).forgive();
  const removed = await library.change((store) => store.remove(model.id));
  const then = wasInUse ? ' The pad uses the bundled model again.' : '';
  const answer = await vscode.window.showInformationMessage(`${model.name} is removed.${then}`, UNDO);
  if (answer === UNDO) await library.change(() => removed.restore());
}
