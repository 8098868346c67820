import * as vscode from 'vscode';
import type { Spot } from './target';

const { Snippet, File, Folder } = vscode.CompletionItemKind;
/** What is no name of anything in a program. */
const NO_NAMES = new Set<vscode.CompletionItemKind | undefined>([Snippet, File, Folder]);

/** The labels of what VS Code's completion offers at a spot. */
export async function askCompletions({ document, position }: Spot): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList | undefined>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  const names = list?.items.filter(({ kind }) => !NO_NAMES.has(kind)) ?? [];
  return names.map(({ label }) => (typeof label === 'string' ? label : label.label));
}
