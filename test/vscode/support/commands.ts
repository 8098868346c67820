import * as vscode from 'vscode';
import { withStub } from './stub';

/** Runs a command of Scrawl or of VS Code. */
export function run(command: string, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(command, ...args);
}

/** What is told while work is done, a call each; nobody answers. */
export function says(
  work: () => PromiseLike<unknown>,
  kind: 'Information' | 'Warning' | 'Error' = 'Information',
): Promise<unknown[][]> {
  return withStub(vscode.window, `show${kind}Message`, undefined, work);
}

/** The items of the list that work shows first; nothing is picked. */
export async function offered<T = vscode.QuickPickItem>(work: () => PromiseLike<unknown>): Promise<T[]> {
  const [call] = await withStub(vscode.window, 'showQuickPick', undefined, work);
  return (call?.[0] ?? []) as T[];
}

/** Does work whose lists are answered with the item of this label, else with the first. */
export function picking(label: string, work: () => PromiseLike<unknown>): Promise<unknown[][]> {
  const answer = (items: readonly vscode.QuickPickItem[]) =>
    items.find((item) => item.label === label) ?? items[0];
  return withStub(vscode.window, 'showQuickPick', answer, work);
}

/** Does work that asks for a name, and gives it this one. */
export function named(name: string, work: () => PromiseLike<unknown>): Promise<unknown[][]> {
  return withStub(vscode.window, 'showInputBox', name, work);
}

/** Removes what is asked about, as one who is sure. */
export function removing(command: string, id: string): Promise<unknown[][]> {
  return withStub(vscode.window, 'showWarningMessage', 'Remove', () => run(command, id));
}

/** Sets a setting of the user, or takes it away. */
export function set(setting: string, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
}
