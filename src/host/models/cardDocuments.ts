import * as vscode from 'vscode';
import { cardText, lineCardText, symbolCardText } from './cardText';
import type { ModelLibrary } from './library';

const SCHEME = 'scrawl-model';

/** Cards as documents to read, which follow the models. */
export class CardDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly disposables: { dispose(): unknown }[];

  constructor(private readonly library: ModelLibrary) {
    this.disposables = [
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      library.onDidChange(() => this.refresh()),
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const found = await this.library.store.find(uri.query);
    if (found?.card) return cardText({ ...found, card: found.card });
    if (found?.lines) return lineCardText({ ...found, lines: found.lines });
    if (found?.symbols) return symbolCardText({ ...found, symbols: found.symbols });
    return found?.problem ?? 'This model is gone.';
  }

  /** Shows a model's card to read. */
  async show(id: string, name: string): Promise<void> {
    const title = name.replace(/[/\\?#]/g, ' ');
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}.md`, query: id });
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // without VS Code's own Markdown extension
      await vscode.window.showTextDocument(uri, { preview: true });
    }
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private refresh(): void {
    const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === SCHEME);
    for (const { uri } of open) this.changed.fire(uri);
  }
}
