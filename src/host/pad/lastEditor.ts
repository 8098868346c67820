import * as vscode from 'vscode';

/** What is shown as text but nobody writes in. */
const NOT_FOR_WRITING = new Set(['output', 'vscode-scm']);

/** Whether text can be meant for this editor. */
export function isForWriting(editor: vscode.TextEditor): boolean {
  return !NOT_FOR_WRITING.has(editor.document.uri.scheme);
}

/** Remembers the text editor that the user wrote in last, while the pad has the keyboard. */
export class LastEditor {
  private last: vscode.TextEditor | undefined;

  constructor() {
    this.remember(vscode.window.activeTextEditor);
  }

  /** The editor to write in, if one is on screen. */
  get current(): vscode.TextEditor | undefined {
    const visible = vscode.window.visibleTextEditors.filter(isForWriting);
    if (this.last && visible.includes(this.last)) return this.last;
    return visible.find((editor) => editor === vscode.window.activeTextEditor) ?? visible[0];
  }

  /** @returns whether it is an editor to write in */
  remember(editor: vscode.TextEditor | undefined): boolean {
    if (!editor || !isForWriting(editor)) return false;
    this.last = editor;
    return true;
  }
}
