import * as vscode from 'vscode';
import type { DatasetEntry } from '../../datasets/store/datasetEntry';
import type { DatasetLibrary } from './library';
import { describeEntry } from './words';
import { UserError } from '../../base/userError';

/** What a command on a dataset is called with: a row of the tree, an id, or nothing from the palette. */
export type DatasetArgument = { readonly entry: { readonly id: string } } | string | undefined;

export interface DatasetQuestion {
  title: string;
  placeHolder: string;
  /** Which datasets the command is for. */
  suits: (entry: DatasetEntry) => boolean;
  /** What to say where there is none. */
  none: string;
  /** Which is offered first. */
  first?: (entry: DatasetEntry) => boolean;
}

/**
 * The dataset that a command is for: the one it was called with, else one that the user picks.
 *
 * @throws UserError where there is none to pick
 */
export async function datasetFor(
  library: DatasetLibrary,
  argument: DatasetArgument,
  { title, placeHolder, suits, none, first = () => false }: DatasetQuestion,
): Promise<DatasetEntry | undefined> {
  const id = typeof argument === 'string' ? argument : argument?.entry.id;
  if (id !== undefined) {
    const found = await library.find(id);
    if (!found) throw new UserError(`There is no dataset "${id}" any more.`);
    return found;
  }
  const entries = (await library.list()).filter(suits);
  if (entries.length === 0) throw new UserError(none);
  entries.sort((a, b) => Number(first(b)) - Number(first(a)));
  const items = entries.map((entry) => ({
    entry,
    label: entry.name,
    description: describeEntry(entry, library.progress(entry.id)),
    ...(entry.catalog && { detail: entry.catalog.description }),
  }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true });
  return picked?.entry;
}

/** What a command was called with, where that is a dataset. */
export function datasetArgument(argument: unknown): DatasetArgument {
  if (typeof argument === 'string') return argument;
  const isNode = typeof argument === 'object' && argument !== null && 'entry' in argument;
  return isNode ? (argument as DatasetArgument) : undefined;
}
