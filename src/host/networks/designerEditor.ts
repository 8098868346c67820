import * as vscode from 'vscode';
import writeFileAtomic from 'write-file-atomic';
import { NETWORK_SUFFIX } from '../../base/fileKinds';
import { NetworkError } from '../../networks/network';
import { smallestChange } from '../../networks/networkText';
import {
  type DesignerToHost,
  designerToHostSchema,
  type DesignerEdit,
  type HostToDesigner,
} from '../../protocol/pages/designer';
import type { DatasetLibrary } from '../datasets/library';
import { Turns } from '../../base/turns';
import { UserError } from '../../base/userError';
import { Command, View } from '../shell/names';
import { catalog, editText, readNetwork, shownNetwork } from './designerState';
import { Page, type PageContent } from '../shell/page';
import { sentenceFor } from '../shell/report';
import type { Shell } from '../shell/shell';

/** Letters and digits of EMNIST ByClass. */
const USUAL_CLASSES = 62;

/** The editor of `*.scrawlnet.json` for those who do not write JSON. The text document stays the one that counts. */
export class NetworkDesigner implements vscode.CustomTextEditorProvider, vscode.Disposable {
  private readonly open = new Set<DesignerTab>();
  private readonly registration: vscode.Disposable;

  constructor(
    private readonly shell: Shell,
    private readonly library: DatasetLibrary,
  ) {
    this.registration = vscode.window.registerCustomEditorProvider(View.networkDesigner, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const page = new Page<DesignerToHost, HostToDesigner>(this.shell, {
      name: 'designer',
      messages: designerToHostSchema,
    });
    const tab = new DesignerTab(document, page, this.library, this.shell, (uri) => this.shown(uri));
    this.open.add(tab);
    panel.onDidDispose(() => this.open.delete(tab));
    page.run(panel, tab);
  }

  /**
   * Asks where to write the picture of the network whose designer is in front, and writes it.
   *
   * @throws UserError where none is
   */
  exportPicture(): void {
    const tab = [...this.open].find(({ page }) => page.isActive);
    if (!tab) throw new UserError('Open a network in the designer first, then export its picture.');
    tab.page.send({ type: 'exportPicture' });
  }

  /** Resolves when the designer of a file, if one was opened, has its page: from then on it takes no focus by itself. */
  private async shown(uri: vscode.Uri): Promise<void> {
    const tab = [...this.open].find(({ document }) => document.uri.toString() === uri.toString());
    await tab?.ready;
  }

  dispose(): void {
    this.registration.dispose();
  }
}

/** One designer: tells its page what the document holds, and writes into the document what the page asks for. */
class DesignerTab implements PageContent<DesignerToHost, HostToDesigner> {
  private classes = USUAL_CLASSES;
  private readonly disposables: vscode.Disposable[];
  /** Edits are made one after the other. */
  private readonly turns = new Turns();
  /** Resolves when the page has begun or its tab is closed. */
  readonly ready: Promise<void>;
  private isReady: () => void = () => undefined;

  constructor(
    readonly document: vscode.TextDocument,
    readonly page: Page<DesignerToHost, HostToDesigner>,
    private readonly library: DatasetLibrary,
    private readonly shell: Pick<Shell, 'log'>,
    private readonly shown: (uri: vscode.Uri) => Promise<void>,
  ) {
    this.ready = new Promise((resolve) => (this.isReady = resolve));
    this.disposables = [
      vscode.workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
        if (changed === document && contentChanges.length > 0) page.post(this.network());
      }),
      library.onDidChange((id) => {
        if (id === undefined && page.isVisible) void this.showCatalog();
      }),
    ];
  }

  closed(): void {
    this.isReady();
    for (const disposable of this.disposables) disposable.dispose();
  }

  async receive(message: DesignerToHost): Promise<HostToDesigner | undefined> {
    switch (message.type) {
      case 'ready':
        this.classes = message.classes ?? this.classes;
        await this.showCatalog();
        this.isReady();
        return this.network();
      case 'classes':
        this.classes = message.classes;
        return this.network();
      case 'edit':
        return this.turns.run(() => this.edit(message.revision, message.edit));
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
        return this.savePicture(message.svg);
    }
  }

  private network(): HostToDesigner {
    try {
      const network = readNetwork(this.document.getText(), this.fileName);
      return shownNetwork(network, this.document.version, this.classes);
    } catch (error) {
      return { type: 'broken', message: sentenceFor(error, this.shell.log) };
    }
  }

  private async showCatalog(): Promise<void> {
    const datasets = await this.library.list().catch(() => []);
    const known = datasets.flatMap(({ name, state, manifest }) =>
      state === 'ready' && manifest ? [{ name, classes: manifest.classes.length }] : [],
    );
    this.page.post(catalog(known));
  }

  /** Makes a change of the document, unless the page has not seen its present text. */
  private async edit(revision: number, edit: DesignerEdit): Promise<HostToDesigner> {
    try {
      if (revision !== this.document.version)
        throw new NetworkError('The file changed meanwhile: try again.');
      await this.replace(editText(this.document.getText(), this.fileName, edit));
      this.page.post(this.network());
      return { type: 'edited' };
    } catch (error) {
      return { type: 'edited', refused: sentenceFor(error, this.shell.log) };
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
    if (!saved) return;
    // a document that had no file gets a new tab, which takes the keyboard when its page is there
    await this.shown(saved);
    await vscode.commands.executeCommand(Command.trainModel, saved);
  }

  private async savePicture(svg: string): Promise<HostToDesigner | undefined> {
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
    if (!target) return undefined;
    if (target.scheme === 'file') await writeFileAtomic(target.fsPath, svg);
    else await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(svg));
    return { type: 'done', message: `Wrote ${target.path.split('/').at(-1) ?? name}.` };
  }

  private get fileName(): string {
    return this.document.uri.path.split('/').at(-1) ?? '';
  }
}
