import * as z from 'zod';
import { percent } from '../../base/words';
import type { LabelIssues } from '../../protocol/engine/evaluation';
import { readOverlay } from '../../datasets/overlay';
import {
  type HostToReview,
  REVIEW_PAGE,
  type ReviewSpec,
  reviewSpecSchema,
  type ReviewToHost,
  reviewToHostSchema,
} from '../../protocol/pages/review';
import type { DatasetLibrary } from '../datasets/library';
import { makeDataset } from '../datasets/makeDataset';
import { UserError } from '../../base/userError';
import type { Engine } from '../engine/engine';
import type { Page } from '../shell/page';
import { pickOrType } from '../shell/pickOrType';
import type { Shell } from '../shell/shell';
import { type TabContent, Tabs } from '../shell/tabs';
import { findIssues } from './findIssues';
import { pickReviewed } from './pickReviewed';
import { QueuePictures } from './queuePictures';
import { type Decided, ReviewSession } from './reviewSession';
import { SampleEdits, type Written } from '../samples/sampleEdits';

export interface ReviewParts {
  readonly library: DatasetLibrary;
  readonly engine: Engine;
}

/** Labels to review. */
export interface ToReview {
  readonly spec: ReviewSpec;
  /** The suspicious labels, where they are found already. */
  readonly found?: LabelIssues;
}

export type ReviewTabs = Tabs<ReviewToHost, HostToReview, ToReview>;

/** The editor tabs in which suspicious labels are gone through: one for each model and split. */
export function reviewTabs(shell: Shell, parts: ReviewParts): ReviewTabs {
  return new Tabs<ReviewToHost, HostToReview, ToReview>(shell, {
    name: 'review',
    messages: reviewToHostSchema,
    title: () => 'Suspicious Labels',
    nameOf: ({ spec: { model, dataset, split } }) => JSON.stringify([model, dataset, split]),
    restore: (state) => z.object({ spec: reviewSpecSchema }).safeParse(state).data,
    open: (page, toReview) => new ReviewTab(page, toReview, parts),
  });
}

/** A session, and the pictures of its queue. */
interface Opened {
  readonly session: ReviewSession;
  readonly pictures: QueuePictures;
}

/** One tab: answers what its page asks, and writes down what is decided. */
class ReviewTab implements TabContent<ReviewToHost, HostToReview, ToReview> {
  private readonly spec: ReviewSpec;
  private found: LabelIssues | undefined;
  private opened: Promise<Opened> | undefined;
  private readonly closing = new AbortController();
  private readonly edits: SampleEdits<Decided>;
  /** Why nothing can be decided: the samples are not those that were judged. */
  private stale: string | undefined;
  private readonly subscription: { dispose(): unknown };

  constructor(
    private readonly page: Page<ReviewToHost, HostToReview>,
    { spec, found }: ToReview,
    private readonly parts: ReviewParts,
  ) {
    this.spec = spec;
    this.found = found;
    this.edits = new SampleEdits(this.folder, (written) => this.written(written));
    this.subscription = parts.library.onDidChange((changed) => {
      if (changed === undefined && page.isVisible) void page.tried(() => this.keepUp());
    });
  }

  again({ found }: ToReview): void {
    void this.page.tried(() => this.beginAnew(found));
  }

  hidden(): void {
    void this.closePictures();
  }

  closed(): void {
    this.closing.abort();
    this.subscription.dispose();
  }

  async receive(message: ReviewToHost): Promise<HostToReview | undefined> {
    if (message.type === 'again') {
      await this.beginAnew(undefined);
      return undefined;
    }
    const { session, pictures } = await this.open();
    const decides = message.type !== 'ready' && message.type !== 'pictures';
    if (decides && this.stale !== undefined) throw new UserError(this.stale);
    switch (message.type) {
      case 'ready':
        await this.showAll(session);
        return;
      case 'pictures':
        if (message.page * REVIEW_PAGE >= session.places.length) return;
        return { type: 'pictures', page: message.page, pixels: await pictures.page(message.page) };
      case 'decide':
        await this.decided(session, () => decide(session, message.at, message.decision));
        return;
      case 'pickClass':
        await this.pickClass(session, message.at);
        return;
      case 'makeDataset':
        await this.makeDataset(session);
        return;
      case 'undo':
        await this.edits.undo();
        return;
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
      this.page.post({ type: 'working', message, ...(share !== undefined && { share }) });
    const found = this.found ?? (await findIssues(engine, store.home, spec, report, this.closing.signal));
    this.found = undefined;
    const manifest = (await library.find(spec.dataset))?.manifest;
    if (!manifest) throw new UserError(`${spec.dataset} no longer exists: download or import it again.`);
    this.page.title = `Labels of ${manifest.name}`;
    const session = new ReviewSession(spec, manifest, found, await readOverlay(this.folder));
    return { session, pictures: new QueuePictures(store, manifest, session.places) };
  }

  private async beginAnew(found: LabelIssues | undefined): Promise<void> {
    await this.closePictures();
    this.found = found;
    this.opened = undefined;
    this.stale = undefined;
    await this.showAll((await this.open()).session);
  }

  private async showAll(session: ReviewSession): Promise<void> {
    await this.look(session);
    this.page.post(session.queue());
    this.page.post(this.shown(session));
    await this.keepUp();
  }

  /** Looks at what others changed in the dataset; a tab on what is no more would only fail. */
  private async keepUp(): Promise<void> {
    if (!this.opened) return;
    const { session } = await this.opened;
    const manifest = (await this.parts.library.find(this.spec.dataset))?.manifest;
    if (!manifest) {
      this.page.close();
      return;
    }
    if (manifest.checksum !== session.checksum) {
      this.stale = `${manifest.name} has other samples than were judged: judge it again.`;
      this.page.post({ type: 'stale', message: this.stale });
    } else if (await this.look(session)) this.page.post(this.shown(session));
  }

  /** Takes up what is on the disk; gives whether that is something else than what is shown. */
  private async look(session: ReviewSession): Promise<boolean> {
    return this.edits.between(async () => session.applyOverlay(await readOverlay(this.folder)));
  }

  private shown(session: ReviewSession): HostToReview {
    return session.shown(this.edits.undoes);
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
      [issue.suggested, `suggested, ${percent(issue.suggestedProbability, 1)}`],
      [issue.given, `given, ${percent(issue.probability, 1)}`],
    ]);
    const picked = await pickOrType({
      title: 'Relabel',
      placeholder: 'The class that the sample is of',
      items: session.classes.map((label, index) => ({ label, description: said.get(index) ?? '' })),
    });
    if (picked === undefined) return;
    await this.decided(session, () => session.relabel(at, session.classes.indexOf(picked.label)));
  }

  private async makeDataset(session: ReviewSession): Promise<void> {
    const { spec, parts } = this;
    const samples = await pickReviewed(session);
    if (samples.length === 0) return;
    const { model, dataset } = session.queue();
    await makeDataset(parts.library, {
      dataset: { id: spec.dataset, name: dataset, checksum: session.checksum },
      ...{ samples, model: spec.model, modelName: model },
      what: 'Suspicious Labels',
    });
  }

  /** What is decided shows at once; behind a failure what is on the disk shows again. */
  private async decided(session: ReviewSession, decide: () => Decided | undefined): Promise<void> {
    try {
      await this.edits.edit(() => {
        const done = decide();
        if (done) this.page.post(session.shown(done.name, done));
        return done;
      });
    } catch (error) {
      if (await this.look(session)) this.page.post(this.shown(session));
      throw error;
    }
  }

  private async written({ edit, overlay, undone }: Written<Decided>): Promise<void> {
    const { session } = await this.open();
    const isNews = overlay && session.applyOverlay(overlay);
    if (undone) this.page.post(session.shown(this.edits.undoes, edit, true));
    else if (isNews) this.page.post(this.shown(session));
  }
}

function decide(session: ReviewSession, at: number, decision: 'keep' | 'relabel' | 'exclude') {
  if (decision === 'keep') return session.keep(at);
  if (decision === 'exclude') return session.exclude(at);
  const suggested = session.issue(at)?.suggested;
  return suggested === undefined ? undefined : session.relabel(at, suggested);
}
