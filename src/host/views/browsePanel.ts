import * as vscode from 'vscode';
import * as z from 'zod';
import { type BrowseToHost, browseToHostSchema, type HostToBrowse, type Range } from '../../protocol/browse';
import { changeOverlay, readOverlay, takeBack } from '../../datasets/overlay';
import { BrowseSession, type Done } from '../datasets/browseSession';
import type { DatasetLibrary } from '../datasets/library';
import { marksOf } from '../datasets/changes';
import { confirmed } from '../datasets/confirm';
import { openSplits, type StoredSample } from '../datasets/sampleReader';
import { counted } from '../datasets/words';
import { UserError } from '../errors';
import { View } from '../names';
import { sentenceFor } from '../report';
import { showPage } from './webviewPage';

export interface BrowseParts {
  extensionUri: vscode.Uri;
  library: DatasetLibrary;
  log: vscode.LogOutputChannel;
  /** Shows a sample on the pad, and what the model makes of it. */
  sendToPad: (sample: StoredSample) => Promise<void>;
}

/** The editor tabs in which datasets are looked through: one for each dataset. */
export class BrowsePanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly open = new Map<string, BrowsePanel>();
  private readonly registration: vscode.Disposable;

  constructor(private readonly parts: BrowseParts) {
    this.registration = vscode.window.registerWebviewPanelSerializer(View.browse, this);
  }

  /** Opens a dataset in a tab, or shows the tab that has it; a split chooses what shows. */
  show(id: string, name: string, split?: string): void {
    const open = this.open.get(id);
    if (open) {
      open.reveal(split);
      return;
    }
    const panel = vscode.window.createWebviewPanel(View.browse, name, vscode.ViewColumn.Active);
    this.take(panel, id, split);
  }

  /** After a reload of the window VS Code brings the tabs back, and what their pages kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = z.object({ id: z.string() }).safeParse(state);
    if (saved.success && !this.open.has(saved.data.id)) this.take(panel, saved.data.id);
    else panel.dispose();
    await Promise.resolve();
  }

  dispose(): void {
    this.registration.dispose();
    for (const panel of this.open.values()) panel.dispose();
  }

  private take(panel: vscode.WebviewPanel, id: string, split?: string): void {
    this.open.set(id, new BrowsePanel(panel, id, this.parts, split));
    panel.onDidDispose(() => this.open.delete(id));
  }
}

/** One tab: answers what its page asks, and writes down what is changed. */
class BrowsePanel implements vscode.Disposable {
  private session: BrowseSession | undefined;
  private readonly subscription: vscode.Disposable;
  /** Changes are written one after the other. */
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly id: string,
    private readonly parts: BrowseParts,
    private split: string | undefined,
  ) {
    const { webview } = panel;
    webview.onDidReceiveMessage((message) => void this.receive(message));
    this.subscription = parts.library.onDidChange((changed) => {
      if (changed === undefined) void this.keepUp();
    });
    panel.onDidDispose(() => {
      this.subscription.dispose();
      void this.session?.close();
    });
    showPage(webview, parts.extensionUri, 'browse');
  }

  reveal(split: string | undefined): void {
    this.panel.reveal();
    if (split !== undefined && this.session) {
      this.split = split;
      this.showSplit(this.session);
      this.post(this.session.view());
    }
  }

  dispose(): void {
    this.panel.dispose();
  }

  private post(message: HostToBrowse): void {
    void this.panel.webview.postMessage(message);
  }

  private async receive(data: unknown): Promise<void> {
    const message = browseToHostSchema.safeParse(data);
    if (!message.success) {
      this.parts.log.error(`the browser of datasets sent what it may not: ${message.error.message}`);
      return;
    }
    try {
      await this.handle(message.data);
    } catch (error) {
      this.post({ type: 'failed', message: sentenceFor(error, this.parts.log) });
    }
  }

  private async handle(message: BrowseToHost): Promise<void> {
    const session = this.session ?? (await this.openSession());
    switch (message.type) {
      case 'ready':
        this.post(session.dataset);
        if (message.filter) session.show(message.filter);
        this.showSplit(session);
        this.post(session.view());
        return;
      case 'filter':
        session.show(message.filter);
        this.post(session.view());
        return;
      case 'page': {
        const page = await session.page(message.revision, message.page);
        if (page) this.post(page);
        return;
      }
      case 'relabel':
        await this.relabel(session, message.revision, message.places);
        return;
      case 'exclude':
        if (await confirmed(session.count(message.revision, message.places)))
          await this.changed(session, session.exclude(message.revision, message.places, message.excluded));
        return;
      case 'undo': {
        const undone = session.undo();
        if (undone) await this.undone(session, undone);
        return;
      }
      case 'sendToPad': {
        const sample = await session.sample(message.revision, message.place);
        if (sample) await this.parts.sendToPad(sample);
      }
    }
  }

  private async openSession(revision = 0): Promise<BrowseSession> {
    const { library } = this.parts;
    const entry = await library.find(this.id);
    if (!entry?.manifest || entry.state !== 'ready') {
      throw new UserError(`${entry?.name ?? this.id} is not here any more: download or import it again.`);
    }
    this.panel.title = entry.name;
    const { manifest } = entry;
    const readers = await openSplits(library.store, manifest);
    const overlay = await readOverlay(library.store.folder(this.id));
    const splits = readers.map(({ split }) => split);
    const marks = marksOf(overlay, splits, manifest.classes);
    this.session = new BrowseSession(manifest, readers, marks, revision);
    return this.session;
  }

  /** The split that the tab was opened with, once. */
  private showSplit(session: BrowseSession): void {
    const split = session.dataset.splits.find(({ name }) => name === this.split)?.name;
    this.split = undefined;
    if (split) session.show({ classes: [], shown: 'all', split });
  }

  private async relabel(session: BrowseSession, revision: number, places: readonly Range[]): Promise<void> {
    const count = session.count(revision, places);
    if (count === 0) return;
    const items = session.classes.map((label, index) => ({ label, index }));
    const picked = await vscode.window.showQuickPick(items, {
      title: `Relabel ${counted(count, 'sample')}`,
      placeHolder: 'The class that they are of',
    });
    if (!picked || !(await confirmed(count))) return;
    await this.changed(session, session.relabel(revision, places, picked.index));
  }

  private async changed(session: BrowseSession, done: Done | undefined): Promise<void> {
    if (!done) return;
    this.post(session.view());
    const folder = this.parts.library.store.folder(this.id);
    await this.write(() => changeOverlay(folder, done));
    this.post({ type: 'done', message: `${done.name}.` });
  }

  private async undone(session: BrowseSession, done: Done): Promise<void> {
    this.post(session.view());
    const folder = this.parts.library.store.folder(this.id);
    await this.write(() => takeBack(folder, done));
    this.post({ type: 'done', message: `Undone: ${done.name}.` });
  }

  /** Writes changes one after the other, in the order in which they were made. */
  private write(work: () => Promise<unknown>): Promise<unknown> {
    return (this.writing = this.writing.then(work, work));
  }

  /** A tab on what is no more would only fail, and one on kept samples must show the new ones. */
  private async keepUp(): Promise<void> {
    const manifest = (await this.parts.library.find(this.id).catch(() => undefined))?.manifest;
    if (!manifest) {
      this.dispose();
      return;
    }
    const { session } = this;
    if (!session || session.checksum === manifest.checksum) return;
    this.session = undefined;
    const { filter, revision } = session.view();
    const next = await this.openSession(revision);
    await session.close();
    next.show({ ...filter, classes: [] });
    this.post(next.dataset);
    this.post(next.view());
  }
}
