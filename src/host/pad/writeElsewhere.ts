import * as vscode from 'vscode';
import { CannotWrite } from './cannotWrite';
import { repositories } from './sourceControl';
import type { Targets } from './targets';

/** Lets text go to the active terminal. */
export function writeInTerminal(targets: Targets): void {
  const { activeTerminal } = vscode.window;
  if (!activeTerminal) throw new CannotWrite('There is no terminal: open one, then write in it.');
  targets.enterTerminal(activeTerminal);
}

/** Lets text go to the message of the next commit. */
export async function writeMessage(targets: Targets): Promise<void> {
  const all = await repositories();
  const [first] = all.length > 1 ? [await chooseRepository(all)] : all;
  if (all.length === 0) {
    throw new CannotWrite('There is no Git repository: open a folder that is one, then write its message.');
  }
  if (first) targets.enterMessage(first, all);
}

async function chooseRepository(all: Awaited<ReturnType<typeof repositories>>) {
  const items = all.map((repository) => ({ label: repository.rootUri.fsPath, repository }));
  const chosen = await vscode.window.showQuickPick(items, { title: 'Write Source Control Message' });
  return chosen?.repository;
}
