import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command } from '../../../src/host/shell/names';
import { handwritten } from '../../harness/writer';
import { withStub } from './stub';

export interface LabeledInk {
  readonly label: string;
  readonly strokes: readonly (readonly (readonly number[])[])[];
}

/** Characters as they are drawn, and what they are said to be: one of them is not. */
export const DRAWN: readonly LabeledInk[] = [
  ['A', 'A'],
  ['3', '3'],
  ['7', '7'],
  ['A', '3'],
].map(([drawn = '', label = '']) => ({ label, strokes: handwritten(drawn) }));

/**
 * Imports ink as a dataset of this name, and evaluates the bundled model on all of it.
 *
 * @param folder for the file that is imported
 */
export async function evaluateInk(name: string, folder: string, ink: readonly LabeledInk[]): Promise<void> {
  const file = path.join(folder, 'ink.jsonl');
  await writeFile(file, ink.map((each, at) => JSON.stringify({ id: String(at), ...each })).join('\n'));
  await withStub(vscode.window, 'showInputBox', name, async () => {
    await vscode.commands.executeCommand(Command.importDataset, vscode.Uri.file(file));
  });
  const answer = (items: readonly vscode.QuickPickItem[]) =>
    items.find(({ label }) => label === name) ?? items[0];
  await withStub(vscode.window, 'showQuickPick', answer, async () => {
    await vscode.commands.executeCommand(Command.evaluateModel, 'bundled');
  });
}
