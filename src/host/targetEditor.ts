import * as vscode from 'vscode';

/** The output panel holds text editors too, but nobody writes there. */
const NOT_FOR_WRITING = new Set(['output']);

/** Remembers the text editor that the person wrote in last, while the pad has the keyboard. */
export class TargetEditor implements vscode.Disposable {
  private last: vscode.TextEditor | undefined;
  private readonly subscription: vscode.Disposable;

  constructor() {
    this.remember(vscode.window.activeTextEditor);
    this.subscription = vscode.window.onDidChangeActiveTextEditor((editor) => this.remember(editor));
  }

  /** The editor to write in, if one is on screen. */
  get current(): vscode.TextEditor | undefined {
    const visible = vscode.window.visibleTextEditors.filter(isForWriting);
    if (this.last && visible.includes(this.last)) return this.last;
    return visible.find((editor) => editor === vscode.window.activeTextEditor) ?? visible[0];
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private remember(editor: vscode.TextEditor | undefined): void {
    if (editor && isForWriting(editor)) this.last = editor;
  }
}

function isForWriting(editor: vscode.TextEditor): boolean {
  return !NOT_FOR_WRITING.has(editor.document.uri.scheme);
}
