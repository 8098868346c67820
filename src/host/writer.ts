import * as vscode from 'vscode';
import { type Edit, editText, insertText } from './insertion';
import type { TargetEditor } from './targetEditor';

const NEW_FILE = 'New untitled file';
const CLIPBOARD = 'Clipboard';

/** Puts what the person wrote where they want it, and tells them when it cannot go there. */
export class Writer {
  constructor(private readonly target: TargetEditor) {}

  /**
   * Inserts a text into the editor that was written in last; without one, offers a new file or the clipboard.
   *
   * @returns whether the text went anywhere
   */
  async insert(text: string): Promise<boolean> {
    const editor = this.target.current;
    if (!editor) return insertElsewhere(text);
    return (await insertText(editor, text)) || refuse(editor);
  }

  /** Does what a writing key says in the editor that was written in last. */
  async edit(edit: Edit): Promise<void> {
    const editor = this.target.current;
    if (!editor) {
      void vscode.window.showInformationMessage('No editor is open to write in: open a file first.');
    } else if (!(await editText(editor, edit))) {
      refuse(editor);
    }
  }
}

function refuse(editor: vscode.TextEditor): false {
  const name = vscode.workspace.asRelativePath(editor.document.uri);
  void vscode.window.showWarningMessage(
    `"${name}" is read-only: click into an editor that you can write in, then insert again.`,
  );
  return false;
}

async function insertElsewhere(text: string): Promise<boolean> {
  // a list, unlike a notification, is always answered or dismissed
  const answer = await vscode.window.showQuickPick([NEW_FILE, CLIPBOARD], {
    title: 'No Editor Is Open',
    placeHolder: `Where shall "${text}" go?`,
  });
  switch (answer) {
    case NEW_FILE: {
      const document = await vscode.workspace.openTextDocument({ content: '' });
      // the pad keeps the keyboard, so that one can go on writing
      return insertText(await vscode.window.showTextDocument(document, { preserveFocus: true }), text);
    }
    case CLIPBOARD:
      await vscode.env.clipboard.writeText(text);
      return true;
    default:
      return false;
  }
}
