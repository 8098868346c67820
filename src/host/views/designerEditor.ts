import * as vscode from 'vscode';
import writeFileAtomic from 'write-file-atomic';
import { NetworkError } from '../../networks/network';
import { smallestChange } from '../../networks/networkText';
import {
  type DesignerToHost,
  designerToHostSchema,
  type DesignerEdit,
  type HostToDesigner,
} from '../../protocol/designer';
import type { DatasetLibrary } from '../datasets/library';
import { UserError } from '../errors';
import { Command, View } from '../names';
import { catalogue, editText, NETWORK_SUFFIX, readNetwork, shownNetwork } from '../networks/designerState';
import { report, sentenceFor } from '../report';
import { showPage } from './webviewPage';

/** Letters and digits of EMNIST ByClass. */
const USUAL_CLASSES = 62;

export interface DesignerParts {
  extensionUri: vscode.Uri;
  library: DatasetLibrary;
  log: vscode.LogOutputChannel;
}

/** The editor of `*.scrawlnet.json` for those who do not write JSON. The text document stays the one that counts. */
export class NetworkDesigner implements vscode.CustomTextEditorProvider, vscode.Disposable {
  private readonly open = new Set<DesignerTab>();
  private readonly registration: vscode.Disposable;

  constructor(private readonly parts: DesignerParts) {
    this.registration = vscode.window.registerCustomEditorProvider(View.networkDesigner, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const tab = new DesignerTab(document, panel, this.parts);
    this.open.add(tab);
    panel.onDidDispose(() => {
      this.open.delete(tab);
      tab.dispose();
    });
  }

  /**
   * Asks where to write the picture of the network whose designer is in front, and writes it.
   *
   * @throws UserError where none is
   */
  exportPicture(): void {
    const tab = [...this.open].find(({ active }) => active);
    if (!tab) throw new UserError('Open a network in the designer first, then export its picture.');
    tab.askForPicture();
  }

  dispose(): void {
    this.registration.dispose();
  }
}

/** One designer: tells its page what the document holds, and writes into the document what the page asks for. */
class DesignerTab implements vscode.Disposable {
  private classes = USUAL_CLASSES;
  private readonly disposables: vscode.Disposable[];
  /** Edits are made one after the other. */
  private editing = Promise.resolve();

  constructor(
    private readonly document: vscode.TextDocument,
    private readonly panel: vscode.WebviewPanel,
    private readonly parts: DesignerParts,
  ) {
    this.disposables = [
      panel.webview.onDidReceiveMessage((message) => void this.receive(message)),
      vscode.workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
        if (changed === document && contentChanges.length > 0) this.show();
      }),
      parts.library.onDidChange((id) => {
        if (id === undefined && panel.visible) void this.showCatalogue();
      }),
    ];
    showPage(panel.webview, parts.extensionUri, 'designer');
  }

  get active(): boolean {
    return this.panel.active;
  }

  askForPicture(): void {
    this.post({ type: 'exportPicture' });
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private post(message: HostToDesigner): void {
    void this.panel.webview.postMessage(message);
  }

  private async receive(data: unknown): Promise<void> {
    const message = designerToHostSchema.safeParse(data);
    if (!message.success) {
      this.parts.log.error(`the designer of networks sent what it may not: ${message.error.message}`);
      return;
    }
    try {
      await this.handle(message.data);
    } catch (error) {
      report(error, this.parts.log);
    }
  }

  private async handle(message: DesignerToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.classes = message.classes ?? this.classes;
        await this.showCatalogue();
        this.show();
        return;
      case 'classes':
        this.classes = message.classes;
        this.show();
        return;
      case 'edit':
        await (this.editing = this.editing.then(() => this.edit(message.revision, message.edit)));
        return;
      case 'undo':
      case 'redo':
        await vscode.commands.executeCommand(message.type);
        return;
      case 'openAsText':
        await vscode.commands.executeCommand(Command.openNetworkAsText, this.document.uri);
        return;
      case 'train':
        await this.train();
        return;
      case 'picture':
        await this.savePicture(message.svg);
    }
  }

  private show(): void {
    try {
      const network = readNetwork(this.document.getText(), this.fileName);
      this.post(shownNetwork(network, this.document.version, this.classes));
    } catch (error) {
      this.post({ type: 'broken', message: sentenceFor(error, this.parts.log) });
    }
  }

  private async showCatalogue(): Promise<void> {
    const datasets = await this.parts.library.list().catch(() => []);
    const known = datasets.flatMap(({ name, state, manifest }) =>
      state === 'ready' && manifest ? [{ name, classes: manifest.classes.length }] : [],
    );
    this.post(catalogue(known));
  }

  /** Makes a change of the document, unless the page has not seen its present text. */
  private async edit(revision: number, edit: DesignerEdit): Promise<void> {
    try {
      if (revision !== this.document.version)
        throw new NetworkError('The file changed meanwhile: try again.');
      await this.replace(editText(this.document.getText(), this.fileName, edit));
      this.show();
      this.post({ type: 'edited' });
    } catch (error) {
      this.post({ type: 'edited', refused: sentenceFor(error, this.parts.log) });
    }
  }

  private async replace(text: string): Promise<void> {
    const { document } = this;
    const before = document.getText();
    if (text === before) return;
    const { span, text: changed } = smallestChange(before, text);
    const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, changed);
    if (await vscode.workspace.applyEdit(edit)) return;
    throw new UserError('The file cannot be changed: it may be read-only.');
  }

  /** Trains what the file holds: what is not on the disk yet is saved first. */
  private async train(): Promise<void> {
    const { uri, isDirty, isUntitled } = this.document;
    const saved = isDirty || isUntitled ? await vscode.workspace.save(uri) : uri;
    if (saved) await vscode.commands.executeCommand(Command.trainModel, saved);
  }

  private async savePicture(svg: string): Promise<void> {
    const name = `${this.fileName.replace(NETWORK_SUFFIX, '')}.svg`;
    const { uri } = this.document;
    const folder =
      uri.scheme === 'untitled'
        ? vscode.workspace.workspaceFolders?.[0]?.uri
        : vscode.Uri.joinPath(uri, '..');
    const target = await vscode.window.showSaveDialog({
      title: 'Export Network Picture',
      filters: { 'SVG picture': ['svg'] },
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    });
    if (!target) return;
    if (target.scheme === 'file') await writeFileAtomic(target.fsPath, svg);
    else await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(svg));
    this.post({ type: 'notice', message: `Wrote ${target.path.split('/').at(-1) ?? name}.`, failed: false });
  }

  private get fileName(): string {
    return this.document.uri.path.split('/').at(-1) ?? '';
  }
}
