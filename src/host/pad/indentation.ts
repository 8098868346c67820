import * as vscode from 'vscode';
import { lineBefore } from './lineBefore';

const CLOSERS: Record<string, string> = { '}': '{', ')': '(', ']': '[' };
/** How far back the bracket is looked for that one closes, in characters. */
const FARTHEST = 100_000;

/** The white space that a new line behind this position starts with, by the user's own setting of it. */
export function newLineIndentation(editor: vscode.TextEditor, position: vscode.Position): string {
  const { document } = editor;
  const before = lineBefore(document, position);
  const how = autoIndent(document);
  if (how === 'none') return '';
  const own = whiteSpaceOf(before);
  return how !== 'keep' && opensBlock(before, document.languageId) ? own + unitOf(editor) : own;
}

/**
 * What a closing bracket at the start of a line takes the place of: the white space before it that is not that of the
 * line which opened the bracket.
 *
 * @returns undefined where the text is to be inserted as it is
 */
export function whiteSpaceToClose(
  { document }: vscode.TextEditor,
  { start, end }: vscode.Selection,
  text: string,
): vscode.Range | undefined {
  const opener = CLOSERS[text.charAt(0)];
  const before = lineBefore(document, start);
  if (opener === undefined || !/^\s+$/u.test(before) || /^(none|keep)$/.test(autoIndent(document)))
    return undefined;
  const line = lineOfOpener(document, start, opener, text.charAt(0));
  const wanted = line === undefined ? undefined : whiteSpaceOf(document.lineAt(line).text);
  if (wanted === undefined || wanted === before || !before.startsWith(wanted)) return undefined;
  return new vscode.Range(start.with({ character: wanted.length }), end);
}

function autoIndent(document: vscode.TextDocument): string {
  return vscode.workspace.getConfiguration('editor', document).get('autoIndent', 'full');
}

/** Whether what follows a line stands further in: behind an open bracket, and in Python behind a colon. */
function opensBlock(before: string, language: string): boolean {
  return /[{([]\s*$/u.test(before) || (language === 'python' && /:\s*$/u.test(before));
}

function unitOf({ options }: vscode.TextEditor): string {
  return options.insertSpaces === false ? '\t' : ' '.repeat(Number(options.tabSize) || 4);
}

const whiteSpaceOf = (line: string): string => /^\s*/u.exec(line)?.[0] ?? '';

/** The line of the bracket that a closing one at this position would close. */
function lineOfOpener(
  document: vscode.TextDocument,
  position: vscode.Position,
  opener: string,
  closer: string,
): number | undefined {
  const at = document.offsetAt(position);
  const from = Math.max(0, at - FARTHEST);
  const text = document.getText(new vscode.Range(document.positionAt(from), position));
  let open = 1;
  for (let index = text.length - 1; index >= 0; index--) {
    if (text[index] === closer) open++;
    else if (text[index] === opener && --open === 0) return document.positionAt(from + index).line;
  }
  return undefined;
}
