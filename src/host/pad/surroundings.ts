import path from 'node:path';
import * as vscode from 'vscode';
import type { Surroundings } from './insertable';

/** Characters before and behind a place that reading is told. */
const REACH = 20_000;

/** Languages that VS Code knows by an extension only, which need not be there, by the ends of their files' names. */
const BY_ENDING: Readonly<Record<string, string>> = { '.typ': 'typst', '.lean': 'lean4', '.qmd': 'quarto' };

/** VS Code's id of what a document is written in; of a file that it takes for plain text, by its name. */
function languageOf({ languageId, uri }: vscode.TextDocument): string {
  if (languageId !== 'plaintext') return languageId;
  return BY_ENDING[path.posix.extname(uri.path)] ?? languageId;
}

/** The text before an offset of a document, and behind another one. */
export function surroundingsOf(document: vscode.TextDocument, start: number, end: number): Surroundings {
  const text = (from: number, to: number) =>
    document.getText(new vscode.Range(document.positionAt(from), document.positionAt(to)));
  return {
    before: text(Math.max(0, start - REACH), start),
    after: text(end, end + REACH),
    language: languageOf(document),
  };
}
