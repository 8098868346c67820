import type * as vscode from 'vscode';

/** The text of a position's line up to it. */
export const lineBefore = (document: vscode.TextDocument, { line, character }: vscode.Position): string =>
  document.lineAt(line).text.slice(0, character);
