import * as vscode from 'vscode';
import * as z from 'zod';
import { type BrowseToHost, browseToHostSchema, type HostToBrowse, type Range } from '../../protocol/browse';
import { changeOverlay, type Overlay, readOverlay, takeBack } from '../../datasets/overlay';
import { BrowseSession, type Done } from '../datasets/browseSession';
import type { DatasetLibrary } from '../datasets/library';
import { confirmed } from '../datasets/confirm';
import { openSplits, type StoredSample } from '../datasets/sampleReader';
import { counted } from '../datasets/words';
import { UserError } from '../errors';
import { View } from '../names';
import { sentenceFor } from '../report';
import { Turns } from '../turns';
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
  /** Opened once, however many messages wait for it. */
  private opened: Promise<BrowseSession> | undefined;
  private readonly subscription: vscode.Disposable;
  /** Changes are made one after the other, each to what the one before left. */
  private readonly turns = new Turns();

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly id: string,
    private readonly parts: BrowseParts,
    private split: string | undefined,
  ) {
    const { webview } = panel;
    webview.onDidReceiveMessage((message) => void this.receive(message));
    this.subscription = parts.library.onDidChange((changed) => {
      if (changed === undefined)
        void this.turns.take(() => this.keepUp()).catch((error: unknown) => this.fail(error));
    });
    panel.onDidDispose(() => {
      this.subscription.dispose();
      void this.opened?.then((session) => session.close()).catch(() => undefined);
    });
    showPage(webview, parts.extensionUri, 'browse');
  }

  reveal(split: string | undefined): void {
    this.panel.reveal();
    if (split === undefined) return;
    this.split = split;
    void this.opened
      ?.then((session) => {
        this.showSplit(session);
        this.post(session.view());
      })
      .catch((error: unknown) => this.fail(error));
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
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.post({ type: 'failed', message: sentenceFor(error, this.parts.log) });
  }

  private async handle(message: BrowseToHost): Promise<void> {
    const session = await this.session();
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
          await this.change(session, () =>
            session.exclude(message.revision, message.places, message.excluded),
          );
        return;
      case 'undo':
        await this.undo(session);
        return;
      case 'sendToPad': {
        const sample = await session.sample(message.revision, message.place);
        if (sample) await this.parts.sendToPad(sample);
      }
    }
  }

  private session(revision = 0): Promise<BrowseSession> {
    this.opened ??= this.openSession(revision).catch((error: unknown) => {
      // the next message tries again
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  private async openSession(revision: number): Promise<BrowseSession> {
    const { library } = this.parts;
    const entry = await library.find(this.id);
    if (!entry?.manifest || entry.state !== 'ready') {
      throw new UserError(`${entry?.name ?? this.id} is not here any more: download or import it again.`);
    }
    this.panel.title = entry.name;
    const { manifest } = entry;
    const readers = await openSplits(library.store, manifest);
    return new BrowseSession(manifest, readers, await readOverlay(this.folder), revision);
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
    await this.change(session, () => session.relabel(revision, places, picked.index));
  }

  private change(session: BrowseSession, decide: () => Done | undefined): Promise<void> {
    return this.turns.take(async () => {
      const done = decide();
      if (!done) return;
      const overlay = await changeOverlay(this.folder, done);
      session.note(done);
      this.take(session, overlay, `${done.name}.`);
    });
  }

  private undo(session: BrowseSession): Promise<void> {
    return this.turns.take(async () => {
      const done = session.last;
      if (!done) return;
      const overlay = await takeBack(this.folder, done);
      session.undone();
      this.take(session, overlay, `Undone: ${done.name}.`);
    });
  }

  private take(session: BrowseSession, overlay: Overlay, message: string): void {
    session.take(overlay);
    this.post(session.view());
    this.post({ type: 'done', message });
  }

  private get folder(): string {
    return this.parts.library.store.folder(this.id);
  }

  /** A tab on what is no more would only fail; one on other samples, or with changes from elsewhere, shows them. */
  private async keepUp(): Promise<void> {
    const manifest = (await this.parts.library.find(this.id).catch(() => undefined))?.manifest;
    if (!manifest) {
      this.dispose();
      return;
    }
    const session = await this.opened;
    if (!session) return;
    if (session.checksum !== manifest.checksum) {
      await this.replace(session);
      return;
    }
    const overlay = await readOverlay(this.folder);
    if (session.shows(overlay)) return;
    session.take(overlay);
    this.post(session.view());
  }

  /** Opens the samples that are there now, under the same filter. */
  private async replace(session: BrowseSession): Promise<void> {
    const { filter, revision } = session.view();
    this.opened = undefined;
    const next = await this.session(revision);
    await session.close();
    next.show({ ...filter, classes: [] });
    this.post(next.dataset);
    this.post(next.view());
  }
}
