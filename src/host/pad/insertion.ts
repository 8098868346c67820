import * as vscode from 'vscode';
import { CannotWrite, ReadOnly } from './cannotWrite';
import { newLineIndentation, whiteSpaceToClose } from './indentation';
import { lastCharacter } from './lastCharacter';
import { lineBefore } from './lineBefore';
import type { Piece } from './standingText';
import type { Edit } from './target';

/** A change of the text at one cursor or selection. */
interface Change {
  readonly remove: vscode.Range;
  readonly insert: string;
}

interface UndoStops {
  readonly undoStopBefore: boolean;
  readonly undoStopAfter: boolean;
}

const ONE_STEP: UndoStops = { undoStopBefore: true, undoStopAfter: true };

/**
 * Writes a text at every cursor, in place of what is selected, as one undo step. A closing bracket that begins a line goes
 * as far in as the line that it closes.
 *
 * @returns where it stands now
 * @throws CannotWrite where the editor is read-only or gone
 */
export function insertText(editor: vscode.TextEditor, text: string): Promise<Piece[]> {
  return apply(
    editor,
    (selection) => ({ remove: whiteSpaceToClose(editor, selection, text) ?? selection, insert: text }),
    ONE_STEP,
  );
}

/** Writes what was typed at every cursor; as in VS Code, an undo step ends before white space. */
export async function typeText(editor: vscode.TextEditor, text: string): Promise<void> {
  const stops = { undoStopBefore: /^\s/u.test(text), undoStopAfter: false };
  await apply(editor, (selection) => ({ remove: selection, insert: text }), stops);
}

/**
 * Does what a writing key says at every cursor, as one undo step.
 *
 * @throws CannotWrite where the editor is read-only or gone
 */
export async function editText(editor: vscode.TextEditor, edit: Edit): Promise<void> {
  const { document } = editor;
  switch (edit) {
    case 'space':
      await insertText(editor, ' ');
      return;
    case 'newLine':
      await apply(
        editor,
        (selection) => ({ remove: selection, insert: `\n${newLineIndentation(editor, selection.start)}` }),
        ONE_STEP,
      );
      return;
    case 'backspace':
      await apply(
        editor,
        (selection) => ({
          remove: selection.isEmpty ? characterBefore(document, selection.active) : selection,
          insert: '',
        }),
        ONE_STEP,
      );
  }
}

/**
 * Changes the text at every cursor. VS Code drops an edit that was made for another version of the text than there is by
 * then, as when the user types meanwhile: it is made anew for the text as it is.
 */
async function apply(
  editor: vscode.TextEditor,
  changeAt: (selection: vscode.Selection) => Change,
  stops: UndoStops,
): Promise<Piece[]> {
  const { document } = editor;
  for (;;) {
    const changes = editor.selections.map(changeAt).filter(changesSomething);
    if (changes.length === 0) return [];
    const { version } = document;
    const pieces = piecesOf(document, changes);
    const accepted = await editor.edit((builder) => {
      for (const { remove, insert } of changes) {
        if (remove.isEmpty) builder.insert(remove.start, insert);
        else builder.replace(remove, insert);
      }
    }, stops);
    // edits of read-only editors are accepted and do nothing
    if (document.version === version) throw accepted ? readOnly(document) : gone(document);
    if (!accepted) continue;
    leaveSelections(editor);
    return pieces;
  }
}

/** A text with the line ends of a document. */
export function withLineEndsOf({ eol }: vscode.TextDocument, text: string): string {
  return text.replace(/\r?\n/gu, eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
}

export function readOnly({ uri }: vscode.TextDocument): ReadOnly {
  return new ReadOnly(vscode.workspace.asRelativePath(uri));
}

export function gone({ uri }: vscode.TextDocument): CannotWrite {
  const name = vscode.workspace.asRelativePath(uri);
  return new CannotWrite(`"${name}" is not in sight any more: click into an editor, then insert again.`);
}

/** Where the texts of changes stand once they are made. */
function piecesOf(document: vscode.TextDocument, changes: readonly Change[]): Piece[] {
  const sorted = [...changes].sort((a, b) => a.remove.start.compareTo(b.remove.start));
  let grown = 0;
  return sorted.map(({ remove, insert }) => {
    const text = withLineEndsOf(document, insert);
    const removed = document.getText(remove);
    const piece = { offset: document.offsetAt(remove.start) + grown, text, removed };
    grown += text.length - removed.length;
    return piece;
  });
}

/** Puts the cursors behind what replaced a selection, which VS Code leaves selected. */
function leaveSelections(editor: vscode.TextEditor): void {
  if (editor.selections.every(({ isEmpty }) => isEmpty)) return;
  editor.selections = editor.selections.map(({ end }) => new vscode.Selection(end, end));
}

function changesSomething({ remove, insert }: Change): boolean {
  return insert !== '' || !remove.isEmpty;
}

/** The range of the character before a position: what a user sees as one, or a line's end. */
function characterBefore(document: vscode.TextDocument, position: vscode.Position): vscode.Range {
  if (position.character === 0) {
    if (position.line === 0) return new vscode.Range(position, position);
    return new vscode.Range(document.lineAt(position.line - 1).range.end, position);
  }
  const before = lineBefore(document, position);
  return new vscode.Range(position.translate(0, -lastCharacter(before).length), position);
}
