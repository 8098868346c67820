import * as vscode from 'vscode';
import { changeOverlay, type Overlay, readOverlay, takeBack } from '../../datasets/overlay';
import type { LabelIssuesResult } from '../../protocol/evaluation';
import {
  type HostToReview,
  REVIEW_PAGE,
  type ReviewSpec,
  reviewSpecSchema,
  type ReviewToHost,
  reviewToHostSchema,
} from '../../protocol/review';
import type { DatasetLibrary } from '../datasets/library';
import { Cancelled, UserError } from '../errors';
import type { EvaluationEngine } from '../evaluation/evaluationEngine';
import { View } from '../names';
import { sentenceFor } from '../report';
import { findIssues } from '../review/findIssues';
import { QueuePictures } from '../review/queuePictures';
import { type Decided, ReviewSession } from '../review/reviewSession';
import { Turns } from '../turns';
import { showPage } from './webviewPage';

export interface ReviewParts {
  extensionUri: vscode.Uri;
  library: DatasetLibrary;
  engine: EvaluationEngine;
  log: vscode.LogOutputChannel;
}

const keyOf = ({ model, dataset, split }: ReviewSpec) => JSON.stringify([model, dataset, split]);

/** The editor tabs in which suspicious labels are gone through: one for each model and split. */
export class ReviewPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly open = new Map<string, ReviewPanel>();
  private readonly registration: vscode.Disposable;

  constructor(private readonly parts: ReviewParts) {
    this.registration = vscode.window.registerWebviewPanelSerializer(View.review, this);
  }

  /** Opens a tab, or shows the one that there is. */
  show(spec: ReviewSpec, found: LabelIssuesResult): void {
    const open = this.open.get(keyOf(spec));
    if (open) open.reveal(found);
    else
      this.take(
        vscode.window.createWebviewPanel(View.review, 'Suspicious Labels', vscode.ViewColumn.Active),
        spec,
        found,
      );
  }

  /** After a reload of the window VS Code brings the tabs back, and what their pages kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const spec = reviewSpecSchema.safeParse((state as { spec?: unknown } | undefined)?.spec);
    if (spec.success && !this.open.has(keyOf(spec.data))) this.take(panel, spec.data);
    else panel.dispose();
    await Promise.resolve();
  }

  dispose(): void {
    this.registration.dispose();
    for (const panel of this.open.values()) panel.dispose();
  }

  private take(panel: vscode.WebviewPanel, spec: ReviewSpec, found?: LabelIssuesResult): void {
    this.open.set(keyOf(spec), new ReviewPanel(panel, spec, this.parts, found));
    panel.onDidDispose(() => this.open.delete(keyOf(spec)));
  }
}

/** A session, and the pictures of its queue. */
interface Opened {
  readonly session: ReviewSession;
  readonly pictures: QueuePictures;
}

/** One tab: answers what its page asks, and writes down what is decided. */
class ReviewPanel {
  private opened: Promise<Opened> | undefined;
  private readonly closing = new AbortController();
  /** Decisions are written one after the other. */
  private readonly turns = new Turns();
  private unwritten = 0;
  /** Why nothing can be decided: the samples are not those that were judged. */
  private stale: string | undefined;

  /** @param found the suspicious labels, where they are found already */
  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly spec: ReviewSpec,
    private readonly parts: ReviewParts,
    private found: LabelIssuesResult | undefined,
  ) {
    const { webview } = panel;
    webview.onDidReceiveMessage((message) => void this.receive(message));
    const subscription = parts.library.onDidChange((changed) => {
      if (changed === undefined && panel.visible) void this.tried(() => this.keepUp());
    });
    panel.onDidChangeViewState(() => {
      // what is hidden is gone, and says that it is ready when it is back
      if (!panel.visible) void this.closePictures();
    });
    panel.onDidDispose(() => {
      this.closing.abort();
      subscription.dispose();
      void this.closePictures();
    });
    showPage(webview, parts.extensionUri, 'review');
  }

  reveal(found: LabelIssuesResult): void {
    this.panel.reveal();
    void this.tried(() => this.beginAnew(found));
  }

  dispose(): void {
    this.panel.dispose();
  }

  private post(message: HostToReview): void {
    void this.panel.webview.postMessage(message);
  }

  private async receive(data: unknown): Promise<void> {
    const message = reviewToHostSchema.safeParse(data);
    if (message.success) await this.tried(() => this.handle(message.data));
    else this.parts.log.error(`the review of labels sent what it may not: ${message.error.message}`);
  }

  private async tried(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Cancelled) return;
      this.post({ type: 'failed', message: sentenceFor(error, this.parts.log) });
    }
  }

  private async handle(message: ReviewToHost): Promise<void> {
    if (message.type === 'again') return this.beginAnew(undefined);
    const { session, pictures } = await this.open();
    const decides = message.type !== 'ready' && message.type !== 'pictures';
    if (decides && this.stale !== undefined) throw new UserError(this.stale);
    switch (message.type) {
      case 'ready':
        await this.showAll(session);
        return;
      case 'pictures':
        if (message.page * REVIEW_PAGE < session.places.length)
          this.post({ type: 'pictures', page: message.page, pixels: await pictures.page(message.page) });
        return;
      case 'decide':
        await this.decided(session, decide(session, message.at, message.decision));
        return;
      case 'pickClass':
        await this.pickClass(session, message.at);
        return;
      case 'undo':
        await this.undo(session);
    }
  }

  // --- the queue

  private open(): Promise<Opened> {
    this.opened ??= this.begin();
    this.opened.catch(() => (this.opened = undefined));
    return this.opened;
  }

  private async begin(): Promise<Opened> {
    const { library, engine } = this.parts;
    const { spec } = this;
    const { store } = library;
    const report = (message: string, share?: number) =>
      this.post({ type: 'working', message, ...(share !== undefined && { share }) });
    const found = this.found ?? (await findIssues(engine, store.home, spec, report, this.closing.signal));
    this.found = undefined;
    const manifest = (await library.find(spec.dataset))?.manifest;
    if (!manifest) throw new UserError(`${spec.dataset} is not here any more: download or import it again.`);
    this.panel.title = `Labels of ${manifest.name}`;
    const session = new ReviewSession(spec, manifest, found, await readOverlay(this.folder));
    return { session, pictures: new QueuePictures(store, manifest, session.places) };
  }

  private async beginAnew(found: LabelIssuesResult | undefined): Promise<void> {
    await this.closePictures();
    this.found = found;
    this.opened = undefined;
    this.stale = undefined;
    await this.showAll((await this.open()).session);
  }

  private async showAll(session: ReviewSession): Promise<void> {
    await this.look(session);
    this.post(session.queue());
    this.post(session.shown());
    await this.keepUp();
  }

  /** Looks at what others changed in the dataset; a tab on what is no more would only fail. */
  private async keepUp(): Promise<void> {
    if (!this.opened) return;
    const { session } = await this.opened;
    const manifest = (await this.parts.library.find(this.spec.dataset))?.manifest;
    if (!manifest) {
      this.dispose();
      return;
    }
    if (manifest.checksum !== session.checksum) {
      this.stale = `${manifest.name} has other samples than were judged: judge it again.`;
      this.post({ type: 'stale', message: this.stale });
    } else if (await this.look(session)) this.post(session.shown());
  }

  /** Takes up what is on the disk, unless there is more to be written to it. */
  private async look(session: ReviewSession): Promise<boolean> {
    const overlay = await readOverlay(this.folder);
    return this.unwritten === 0 && session.take(overlay);
  }

  private get folder(): string {
    return this.parts.library.store.folder(this.spec.dataset);
  }

  private async closePictures(): Promise<void> {
    const opened = await this.opened?.catch(() => undefined);
    await opened?.pictures.close();
  }

  // --- what is decided

  private async pickClass(session: ReviewSession, at: number): Promise<void> {
    const issue = session.issue(at);
    if (!issue) return;
    const said = new Map([
      [issue.suggested, `suggested, ${percent(issue.suggestedProbability)}`],
      [issue.given, `given, ${percent(issue.probability)}`],
    ]);
    const items = session.classes.map((label, index) => ({
      label,
      index,
      description: said.get(index) ?? '',
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title: 'Relabel',
      placeHolder: 'The class that the sample is of',
    });
    if (picked) await this.decided(session, session.relabel(at, picked.index));
  }

  private async decided(session: ReviewSession, done: Decided | undefined): Promise<void> {
    if (!done) return;
    this.post(session.shown(done));
    await this.write(session, () => changeOverlay(this.folder, done.change));
  }

  private async undo(session: ReviewSession): Promise<void> {
    const done = session.undo();
    if (!done) return;
    await this.write(session, () => takeBack(this.folder, done.change));
    this.post(session.shown(done, true));
  }

  /** Writes changes one after the other; behind the last one the session says what is on the disk. */
  private async write(session: ReviewSession, work: () => Promise<Overlay>): Promise<void> {
    this.unwritten++;
    try {
      await this.turns.take(work).finally(() => this.unwritten--);
    } finally {
      if (await this.look(session)) this.post(session.shown());
    }
  }
}

function decide(session: ReviewSession, at: number, decision: 'keep' | 'relabel' | 'exclude') {
  if (decision === 'keep') return session.keep(at);
  if (decision === 'exclude') return session.exclude(at);
  const suggested = session.issue(at)?.suggested;
  return suggested === undefined ? undefined : session.relabel(at, suggested);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
