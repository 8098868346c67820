import * as vscode from 'vscode';
import { gone, readOnly } from './insertion';
import type { Piece } from './standingText';

/**
 * Inserts a snippet at every cursor, in place of what is selected, as one undo step; the cursors go to its first stop.
 *
 * @returns where it stands now
 * @throws CannotWrite where the editor is read-only or gone
 */
export async function insertSnippet(editor: vscode.TextEditor, snippet: string): Promise<Piece[]> {
  const { document } = editor;
  const removed = new Map(
    editor.selections.map((each) => [document.offsetAt(each.start), document.getText(each)]),
  );
  const pieces: Piece[] = [];
  const heard = vscode.workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
    if (changed !== document) return;
    const changes = contentChanges.toSorted((a, b) => a.rangeOffset - b.rangeOffset);
    let grown = 0;
    for (const { rangeOffset, rangeLength, text } of changes) {
      pieces.push({ offset: rangeOffset + grown, text, removed: removed.get(rangeOffset) ?? '' });
      grown += text.length - rangeLength;
    }
  });
  const { version } = document;
  try {
    const accepted = await editor.insertSnippet(new vscode.SnippetString(snippet));
    if (document.version === version) throw accepted ? readOnly(document) : gone(document);
  } finally {
    heard.dispose();
  }
  return pieces;
}
