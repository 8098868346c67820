import * as vscode from 'vscode';
import { COMBINES, type Combine } from '../../models/ensembleFile';
import { UserError } from '../../base/userError';
import type { ModelLibrary } from './library';
import { Command } from '../shell/names';
import { COMBINE_WORDS } from './combineWords';
import { askName } from './changeModel';
import { isWhole } from '../../models/modelStore';
import { itemOf, type ModelArgument } from './pickModel';

interface CombineItem extends vscode.QuickPickItem {
  readonly combine: Combine;
}

const COMBINE_ITEMS = COMBINES.map((combine): CombineItem => ({ combine, ...COMBINE_WORDS[combine] }));
const USE = 'Use on Pad';

/** Makes one model of several; the one that the command was called with is chosen already. */
export async function createEnsemble(library: ModelLibrary, argument: ModelArgument): Promise<void> {
  const title = 'Create Ensemble';
  const members = await pickMembers(library, title, argument);
  if (!members) return;
  const how = await vscode.window.showQuickPick(COMBINE_ITEMS, {
    title,
    placeHolder: 'How to combine their answers',
  });
  if (!how) return;
  const name = await askName(library, title, 'Ensemble');
  if (name === undefined) return;
  const made = await library.change((store) => store.addEnsemble(name, members, how.combine));
  const message = `${made.name} is ready: ${members.length} models in one ensemble.`;
  const answer = await vscode.window.showInformationMessage(message, USE);
  if (answer === USE) await vscode.commands.executeCommand(Command.useModel, made.id);
}

/** @returns ids, two or more */
async function pickMembers(
  library: ModelLibrary,
  title: string,
  argument: ModelArgument,
): Promise<string[] | undefined> {
  const chosen = typeof argument === 'string' ? argument : argument?.model.id;
  const models = (await library.list()).filter((model) => isWhole(model) && model.kind !== 'ensemble');
  if (models.length < 2)
    throw new UserError('An ensemble has two models or more: train or import another one first.');
  const picked = await vscode.window.showQuickPick(
    models.map((model) => ({ ...itemOf(model), picked: model.id === chosen })),
    { title, placeHolder: 'Two models or more that know the same characters', canPickMany: true },
  );
  if (!picked) return undefined;
  if (picked.length < 2) throw new UserError('An ensemble needs two models or more: choose another one.');
  return picked.map(({ model }) => model.id);
}
