import * as vscode from 'vscode';
import { EditorTarget } from './editorTarget';
import { isForWriting, LastEditor } from './lastEditor';
import { MessageTarget } from './messageTarget';
import { Nowhere } from './nowhere';
import { Queues } from './queues';
import { repositories, type Repository, titleOf } from './sourceControl';
import type { Target } from './target';
import { TerminalTarget } from './terminalTarget';

/** What the user was last in. */
type Place =
  | { readonly kind: 'editor' }
  | { readonly kind: 'terminal'; readonly terminal: vscode.Terminal }
  | { readonly kind: 'message'; readonly repository: Repository; readonly title: string | undefined };

/**
 * Knows where text goes: to what the user was last in, while the pad has the keyboard. VS Code tells when an editor is
 * entered, and when a terminal becomes the active one; a terminal that already is, and Source Control, it tells of only
 * through commands and, for the latter, when somebody types there.
 */
export class Targets implements vscode.Disposable {
  private readonly editors = new LastEditor();
  private readonly queues = new Queues();
  private readonly refused = new WeakSet<vscode.TextDocument>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** The target is another one, or its cursor stands elsewhere. */
  readonly onDidChange = this.changed.event;
  private readonly disposables: { dispose(): unknown }[];
  private place: Place = { kind: 'editor' };

  constructor() {
    const { window, workspace } = vscode;
    this.disposables = [
      this.changed,
      window.onDidChangeActiveTextEditor((editor) => this.enterEditor(editor)),
      window.onDidChangeVisibleTextEditors(() => this.changed.fire()),
      window.onDidChangeTextEditorSelection(({ textEditor, kind }) => this.moved(textEditor, kind)),
      window.onDidChangeActiveTerminal((terminal) => terminal && this.enterTerminal(terminal)),
      window.onDidCloseTerminal((terminal) => this.left(terminal)),
      workspace.onDidChangeTextDocument((change) => void this.typed(change)),
    ];
    const { activeTerminal } = window;
    if (!this.editors.current && activeTerminal) this.enterTerminal(activeTerminal);
  }

  /** Where text goes now. */
  get current(): Target {
    const { place } = this;
    switch (place.kind) {
      case 'terminal':
        return new TerminalTarget(place.terminal, this.queues.of(place.terminal));
      case 'message':
        return new MessageTarget(place.repository, place.title, this.queues.of(place.repository), showScm);
      case 'editor': {
        const editor = this.editors.current;
        if (!editor) return new Nowhere(this.queues.of(this), () => this.current);
        return new EditorTarget(editor, this.queues.of(editor.document), this.refused);
      }
    }
  }

  /** Text goes to the cursors of an editor from now on. */
  enterEditor(editor: vscode.TextEditor | undefined): void {
    if (this.editors.remember(editor)) this.enter({ kind: 'editor' });
    else this.changed.fire();
  }

  /** Text goes to a terminal from now on. */
  enterTerminal(terminal: vscode.Terminal): void {
    this.enter({ kind: 'terminal', terminal });
  }

  /** Text goes to the message of a repository's next commit from now on. */
  enterMessage(repository: Repository, all: readonly Repository[]): void {
    this.enter({ kind: 'message', repository, title: all.length > 1 ? titleOf(repository) : undefined });
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private enter(place: Place): void {
    this.place = place;
    this.changed.fire();
  }

  private moved(editor: vscode.TextEditor, kind: vscode.TextEditorSelectionChangeKind | undefined): void {
    const { Keyboard, Mouse } = vscode.TextEditorSelectionChangeKind;
    // what edits move has no kind or is a command's
    if (isForWriting(editor) && (kind === Keyboard || kind === Mouse)) this.enterEditor(editor);
    else this.changed.fire();
  }

  private left(terminal: vscode.Terminal): void {
    if (this.place.kind === 'terminal' && this.place.terminal === terminal) this.enter({ kind: 'editor' });
  }

  /** A character typed in Source Control's message says that the user is there. */
  private async typed({ document, contentChanges }: vscode.TextDocumentChangeEvent): Promise<void> {
    if (document.uri.scheme !== 'vscode-scm' || this.place.kind === 'message') return;
    const [change, ...more] = contentChanges;
    if (!change || more.length > 0 || change.text.length > 1 || change.rangeLength > 1) return;
    const all = await repositories();
    const repository = all.find(({ inputBox }) => inputBox.value === document.getText());
    if (repository) this.enterMessage(repository, all);
  }
}

async function showScm(): Promise<void> {
  await vscode.commands.executeCommand('workbench.scm.focus');
}
