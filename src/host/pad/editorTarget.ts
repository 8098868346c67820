import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../base/words';
import type { Turns } from '../../base/turns';
import { ReadOnly } from './cannotWrite';
import { type Insertable, type Surroundings, textAt } from './insertable';
import { InsertedInDocument } from './insertedInDocument';
import { editText, gone, insertText, readOnly, typeText } from './insertion';
import { insertSnippet } from './insertSnippet';
import { surroundingsOf } from './surroundings';
import type { Edit, Inserted, Target } from './target';

/** The cursors of a text editor, which may be a notebook's cell. */
export class EditorTarget implements Target {
  /**
   * @param refused documents that turned out to be read-only
   */
  constructor(
    readonly editor: vscode.TextEditor,
    private readonly queue: Turns,
    private readonly refused: WeakSet<vscode.TextDocument>,
  ) {}

  get name(): string {
    const { document, selections } = this.editor;
    const line = this.editor.selection.active.line + 1;
    const where = selections.length > 1 ? counted(selections.length, 'cursor') : `line ${String(line)}`;
    return `${nameOf(document)}, ${where}`;
  }

  get problem(): string | undefined {
    const { document } = this.editor;
    const isFixed = vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false;
    return isFixed || this.refused.has(document) ? readOnly(document).message : undefined;
  }

  get surroundings(): Surroundings {
    const { document, selection } = this.editor;
    return surroundingsOf(document, document.offsetAt(selection.start), document.offsetAt(selection.end));
  }

  insert(what: Insertable): Promise<Inserted> {
    return this.write(async (editor) => {
      const snippet = typeof what === 'string' ? undefined : what.snippet;
      const pieces =
        snippet === undefined
          ? await insertText(editor, textAt(what, this.surroundings))
          : await insertSnippet(editor, snippet);
      return new InsertedInDocument(editor.document, pieces, this.queue);
    });
  }

  type(text: string): Promise<void> {
    return this.write((editor) => (text === '\n' ? editText(editor, 'newLine') : typeText(editor, text)));
  }

  edit(edit: Edit): Promise<void> {
    return this.write((editor) => editText(editor, edit));
  }

  async focus(): Promise<void> {
    const { document, viewColumn } = this.editor;
    // a cell's column is its notebook's
    if (cellOf(document)) await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    else await vscode.window.showTextDocument(document, { ...(viewColumn && { viewColumn }) });
  }

  private write<T>(work: (editor: vscode.TextEditor) => Promise<T>): Promise<T> {
    return this.queue.run(async () => {
      const { document } = this.editor;
      try {
        const done = await work(this.inSight());
        this.refused.delete(document);
        return done;
      } catch (error) {
        if (error instanceof ReadOnly) this.refused.add(document);
        throw error;
      }
    });
  }

  /** The editor, or the one that shows its document since. */
  private inSight(): vscode.TextEditor {
    const { document } = this.editor;
    const visible = vscode.window.visibleTextEditors;
    if (visible.includes(this.editor)) return this.editor;
    const other = visible.find((editor) => editor.document === document);
    if (!other) throw gone(document);
    return other;
  }
}

function nameOf(document: vscode.TextDocument): string {
  const file = path.posix.basename(document.uri.path);
  const cell = cellOf(document);
  return cell ? `${file}, cell ${String(cell.index + 1)}` : file;
}

function cellOf(document: vscode.TextDocument): vscode.NotebookCell | undefined {
  return vscode.workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find((cell) => cell.document === document);
}
