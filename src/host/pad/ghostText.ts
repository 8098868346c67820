import * as vscode from 'vscode';
import { ghostLine } from './ghostLine';

/** What of a text editor shows ghost text. */
export type Haunted = Pick<vscode.TextEditor, 'selections' | 'setDecorations'>;

/** Shows at the cursors of an editor what would be inserted there, as VS Code shows what it would complete. */
export class GhostText implements vscode.Disposable {
  private readonly look = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    after: {
      color: new vscode.ThemeColor('scrawl.ghostText'),
      backgroundColor: new vscode.ThemeColor('editorGhostText.background'),
    },
  });
  /** The editor that shows some. */
  private shown: Haunted | undefined;

  /** Shows a text at the cursors of an editor, and nowhere else. */
  show(editor: Haunted | undefined, text: string): void {
    if (this.shown !== editor) this.clear();
    if (!editor) return;
    this.shown = editor;
    const renderOptions = { after: { contentText: ghostLine(text) } };
    editor.setDecorations(
      this.look,
      editor.selections.map(({ end }) => ({ range: new vscode.Range(end, end), renderOptions })),
    );
  }

  clear(): void {
    this.shown?.setDecorations(this.look, []);
    this.shown = undefined;
  }

  dispose(): void {
    this.look.dispose();
  }
}
