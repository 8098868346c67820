import path from 'node:path';
import * as vscode from 'vscode';
import { isForWriting } from './lastEditor';
import { repositories, titleOf } from './sourceControl';
import type { Targets } from './targets';

type Item = vscode.QuickPickItem & { readonly enter?: () => void };

/** Asks the user where the pad's text shall go. */
export async function chooseTarget(targets: Targets): Promise<void> {
  const chosen = await vscode.window.showQuickPick(await places(targets), {
    title: 'Where Text Goes',
    placeHolder: 'The editor, terminal or message that the pad writes in',
  });
  chosen?.enter?.();
}

async function places(targets: Targets): Promise<Item[]> {
  const repos = await repositories();
  const editors = vscode.window.visibleTextEditors.filter(isForWriting).map((editor) => ({
    label: path.posix.basename(editor.document.uri.path),
    description: `line ${String(editor.selection.active.line + 1)}`,
    iconPath: new vscode.ThemeIcon('file'),
    enter: () => targets.enterEditor(editor),
  }));
  const terminals = vscode.window.terminals.map((terminal) => ({
    label: terminal.name,
    description: 'terminal',
    iconPath: new vscode.ThemeIcon('terminal'),
    enter: () => targets.enterTerminal(terminal),
  }));
  const messages = repos.map((repository) => ({
    label: 'Source Control message',
    description: titleOf(repository),
    iconPath: new vscode.ThemeIcon('source-control'),
    enter: () => targets.enterMessage(repository, repos),
  }));
  const items: Item[] = [...editors, ...terminals, ...messages];
  return items.length > 0
    ? items
    : [{ label: 'Nothing is open to write in', description: 'open a file first' }];
}
