import * as vscode from 'vscode';
import { UserError } from '../../base/userError';
import { ModelError } from '../../models/errors';
import {
  isWhole,
  isWholeLines,
  type ModelRecord,
  type WholeLineModel,
  type WholeModel,
} from '../../models/modelStore';
import { loadModel } from '../../protocol/engine/models';
import { BackendLost, Canceled } from '../../protocol/failures';
import type { Engine } from '../engine/engine';
import { Command } from '../shell/names';
import type { ModelLibrary } from './library';
import type { ModelsInUse } from './modelsInUse';
import { type ModelArgument, modelFor } from './pickModel';

const OPEN_PAD = 'Open Pad';
const USE_BUNDLED = 'Use Bundled';

export interface UseParts {
  readonly models: ModelLibrary;
  readonly inUse: ModelsInUse;
  readonly engine: Pick<Engine, 'call'>;
}

/** Lets the pad read with a model from now on, once that is loaded; in the place of a damaged one it offers the bundled one. */
export async function useModel(parts: UseParts, argument: ModelArgument): Promise<void> {
  const { models, inUse, engine } = parts;
  const current = await inUse.ids();
  const model = await modelFor(models, argument, {
    title: 'Use Model on Pad',
    placeHolder: 'The model that reads what you write',
    suits: (each) => isUsable(each) && !current.has(each.id),
    none: 'There is no other model: train or import one first.',
  });
  if (!model) return;
  const problem = isUsable(model) ? await whyNotLoaded(engine, model) : damageOf(model);
  if (problem !== undefined) {
    await offerBundled(inUse, model, problem);
    return;
  }
  await inUse.as(model).choose(model.id);
  sayInUse(model);
}

function isUsable(model: ModelRecord): model is WholeModel | WholeLineModel {
  return isWhole(model) || isWholeLines(model);
}

/**
 * What is wrong with a model that cannot be used, a sentence.
 *
 * @throws ModelError where nothing is: the pad uses it by itself
 */
function damageOf({ name, symbols, problem }: ModelRecord): string {
  if (symbols && problem === undefined) {
    throw new ModelError(`"${name}" reads symbols, which the pad does by itself: choose another alphabet.`);
  }
  return problem ?? `The model "${name}" is damaged.`;
}

/** Why the engine cannot load a model, a sentence; undefined where it has. */
async function whyNotLoaded(
  engine: Pick<Engine, 'call'>,
  model: WholeModel | WholeLineModel,
): Promise<string | undefined> {
  try {
    await engine.call(loadModel, { model: model.folder, lines: isWholeLines(model) });
    return undefined;
  } catch (error) {
    if (error instanceof Canceled || error instanceof BackendLost || !(error instanceof UserError))
      throw error;
    return error.message;
  }
}

async function offerBundled(inUse: ModelsInUse, model: ModelRecord, problem: string): Promise<void> {
  const message = `The pad cannot read with ${model.name}: ${problem}`;
  if ((await vscode.window.showErrorMessage(message, USE_BUNDLED)) !== USE_BUNDLED) return;
  const use = inUse.as(model);
  await use.chooseBundled();
  sayInUse(await use.current());
}

function sayInUse({ name, lines }: ModelRecord): void {
  const what = lines ? 'reads words and lines with' : 'uses';
  void vscode.window.showInformationMessage(`The pad now ${what} ${name}.`, OPEN_PAD).then((answer) => {
    if (answer === OPEN_PAD) void vscode.commands.executeCommand(Command.openPad);
  });
}
