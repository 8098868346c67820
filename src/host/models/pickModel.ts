import * as vscode from 'vscode';
import type { Card } from '../../models/card';
import { ModelError } from '../../models/errors';
import type { LineCard } from '../../models/lineCard';
import {
  isWhole,
  isWholeLines,
  type ModelRecord,
  type WholeLineModel,
  type WholeModel,
} from '../../models/modelStore';
import { UserError } from '../../base/userError';
import type { ModelLibrary } from './library';
import { describeModel } from './words';

/** What a command on a model is called with: a row of the tree, an id or a folder, or nothing from the palette. */
export type ModelArgument = { readonly model: { readonly id: string } } | string | undefined;

export interface ModelQuestion {
  title: string;
  placeHolder: string;
  /** Which models the command is for. */
  suits: (model: ModelRecord) => boolean;
  /** What to say where there is none. */
  none: string;
  /** Which is offered first. */
  first?: (model: ModelRecord) => boolean;
}

/** What a command was called with, where that is a model. */
export function modelArgument(argument: unknown): ModelArgument {
  if (typeof argument === 'string') return argument;
  const isNode = typeof argument === 'object' && argument !== null && 'model' in argument;
  return isNode ? (argument as ModelArgument) : undefined;
}

/**
 * The model that a command is for, damaged or whole: the one it was called with, else one that the user picks.
 *
 * @throws UserError where there is none to pick, ModelError where the named one is gone
 */
export async function modelFor(
  library: ModelLibrary,
  argument: ModelArgument,
  question: ModelQuestion,
): Promise<ModelRecord | undefined> {
  const named = typeof argument === 'string' ? argument : argument?.model.id;
  if (named === undefined) return pickModel(library, question);
  const found = await library.store.find(library.referenceOf(named));
  if (!found) throw new UserError(`There is no model "${named}" any more.`);
  return found;
}

/**
 * As `modelFor`, of models of characters that can be used.
 *
 * @throws ModelError where the named one is damaged, or reads lines
 */
export async function wholeModelFor(
  library: ModelLibrary,
  argument: ModelArgument,
  question: ModelQuestion,
): Promise<WholeModel | undefined> {
  const suits = (model: ModelRecord) => isWhole(model) && question.suits(model);
  const found = await anyWholeModelFor(library, argument, { ...question, suits });
  if (!found || isWhole(found)) return found;
  throw new ModelError(`"${found.name}" reads lines: choose a model of characters.`);
}

/**
 * As `modelFor`, of models that can be used, whatever they read.
 *
 * @throws ModelError where the named one is damaged
 */
export async function anyWholeModelFor(
  library: ModelLibrary,
  argument: ModelArgument,
  question: ModelQuestion,
): Promise<WholeModel | WholeLineModel | undefined> {
  const isUsable = (model: ModelRecord) => isWhole(model) || isWholeLines(model);
  const suits = (model: ModelRecord) => isUsable(model) && question.suits(model);
  const found = await modelFor(library, argument, { ...question, suits });
  if (!found || isWhole(found) || isWholeLines(found)) return found;
  throw new ModelError(found.problem ?? `The model "${found.name}" is damaged.`);
}

/** The card of a model that can be used. */
export function cardOf(model: WholeModel | WholeLineModel): Card | LineCard {
  return isWholeLines(model) ? model.lines : model.card;
}

/** A model as a quick pick shows it. */
export function itemOf(model: ModelRecord, inUse = false) {
  const known = model.card ?? model.lines ?? model.symbols;
  return {
    model,
    label: model.name,
    description: describeModel(model, inUse),
    ...(known && { detail: known.description }),
  };
}

async function pickModel(
  library: ModelLibrary,
  { title, placeHolder, suits, none, first = () => false }: ModelQuestion,
): Promise<ModelRecord | undefined> {
  const models = (await library.list()).filter(suits);
  if (models.length === 0) throw new UserError(none);
  models.sort((a, b) => Number(first(b)) - Number(first(a)));
  const items = models.map((model) => itemOf(model));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true });
  return picked?.model;
}
