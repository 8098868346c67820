import * as vscode from 'vscode';

/** What the pad's writing keys do to the text. */
export type Edit = 'space' | 'backspace' | 'newLine';

/** A change of the text at one cursor or selection. */
interface Change {
  readonly remove: vscode.Range;
  readonly insert: string;
}

/**
 * Writes a text at every cursor, in place of what is selected, as one undo step.
 *
 * @returns whether the text changed; not so in a read-only editor
 */
export function insertText(editor: vscode.TextEditor, text: string): Promise<boolean> {
  return apply(editor, (selection) => ({ remove: selection, insert: text }));
}

/**
 * Does what a writing key says at every cursor, as one undo step.
 *
 * @returns whether the editor takes edits; not so when it is read-only
 */
export function editText(editor: vscode.TextEditor, edit: Edit): Promise<boolean> {
  const { document } = editor;
  switch (edit) {
    case 'space':
      return insertText(editor, ' ');
    case 'newLine':
      return apply(editor, (selection) => ({
        remove: selection,
        insert: `\n${indentation(document, selection.start)}`,
      }));
    case 'backspace':
      return apply(editor, (selection) => ({
        remove: selection.isEmpty ? characterBefore(document, selection.active) : selection,
        insert: '',
      }));
  }
}

async function apply(
  editor: vscode.TextEditor,
  changeAt: (selection: vscode.Selection) => Change,
): Promise<boolean> {
  const changes = editor.selections.map(changeAt).filter(changesSomething);
  if (changes.length === 0) return true;
  const before = editor.document.version;
  const accepted = await editor.edit(
    (builder) => {
      for (const { remove, insert } of changes) {
        if (remove.isEmpty) builder.insert(remove.start, insert);
        else builder.replace(remove, insert);
      }
    },
    { undoStopBefore: true, undoStopAfter: true },
  );
  // VS Code accepts edits of read-only editors and then drops them
  if (!accepted || editor.document.version === before) return false;
  leaveSelections(editor);
  return true;
}

/** Puts the cursors behind what replaced a selection, which VS Code leaves selected. */
function leaveSelections(editor: vscode.TextEditor): void {
  if (editor.selections.every(({ isEmpty }) => isEmpty)) return;
  editor.selections = editor.selections.map(({ end }) => new vscode.Selection(end, end));
}

function changesSomething({ remove, insert }: Change): boolean {
  return insert !== '' || !remove.isEmpty;
}

/** The white space that a new line after this position starts with. */
function indentation(document: vscode.TextDocument, position: vscode.Position): string {
  const before = document.lineAt(position.line).text.slice(0, position.character);
  return /^\s*/u.exec(before)?.[0] ?? '';
}

/** The range of the character before a position: what a person sees as one, or a line's end. */
function characterBefore(document: vscode.TextDocument, position: vscode.Position): vscode.Range {
  if (position.character === 0) {
    if (position.line === 0) return new vscode.Range(position, position);
    return new vscode.Range(document.lineAt(position.line - 1).range.end, position);
  }
  const before = document.lineAt(position.line).text.slice(0, position.character);
  const last = [...new Intl.Segmenter().segment(before)].at(-1)?.segment ?? '';
  return new vscode.Range(position.translate(0, -last.length), position);
}
