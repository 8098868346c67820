import * as vscode from 'vscode';
import type { HandwritingSample } from '../../datasets/myHandwriting';
import type { Range } from '../../protocol/browse';
import {
  type GalleryToHost,
  galleryToHostSchema,
  type HostToGallery,
  type Sort,
} from '../../protocol/gallery';
import { confirmed } from '../datasets/confirm';
import type { DatasetLibrary } from '../datasets/library';
import { openSplits, type StoredSample } from '../datasets/sampleReader';
import { counted } from '../datasets/words';
import { Cancelled, UserError } from '../errors';
import type { EvaluationEngine } from '../evaluation/evaluationEngine';
import type { Held, LiveEvaluations } from '../evaluation/liveEvaluations';
import type { Keeper } from '../keeper';
import { sentenceFor } from '../report';
import { choiceInWords } from './chosenRows';
import { CloseLook } from './closeLook';
import { GallerySession } from './gallerySession';
import type { GallerySpec } from './gallerySpec';
import { Neighbours } from './neighbours';
import { SampleEdits } from './sampleEdits';

export interface GalleryPageParts {
  library: DatasetLibrary;
  evaluations: LiveEvaluations;
  engine: EvaluationEngine;
  keeper: Keeper;
  log: vscode.LogOutputChannel;
  /** Shows a sample on the pad, and what the model makes of it. */
  sendToPad: (sample: StoredSample) => Promise<void>;
}

/** All that is in memory while the page shows. */
interface Opened {
  readonly held: Held;
  readonly session: GallerySession;
  readonly look: CloseLook;
  close(): void;
}

/** The page of a gallery: answers what it asks, and follows the evaluation as long as it shows. */
export class GalleryPage {
  private opened: Promise<Opened> | undefined;
  private edits: { dataset: string; done: SampleEdits } | undefined;
  /** What showed before the page was hidden, in its order. */
  private listed: Uint32Array | undefined;

  constructor(
    private readonly webview: vscode.Webview,
    private readonly parts: GalleryPageParts,
    private spec: GallerySpec,
    private sort: Sort,
    /** Told what is shown. */
    private readonly onShown: (title: string) => void,
  ) {
    webview.onDidReceiveMessage((message) => void this.receive(message));
  }

  /** Shows other samples. */
  async show(spec: GallerySpec): Promise<void> {
    this.release(() => undefined);
    this.listed = undefined;
    this.spec = spec;
    await this.tried(() => this.begin());
  }

  /** Lets go of what is in memory; the page's next first message takes it up again, as it stands now. */
  leave(): void {
    this.release(({ session }) => (this.listed = session.listed));
  }

  private release(keep: (opened: Opened) => void): void {
    const { opened } = this;
    this.opened = undefined;
    void opened?.then(
      (open) => {
        keep(open);
        open.close();
      },
      () => undefined,
    );
  }

  private post(message: HostToGallery): void {
    void this.webview.postMessage(message);
  }

  private async receive(data: unknown): Promise<void> {
    const message = galleryToHostSchema.safeParse(data);
    if (!message.success) {
      this.parts.log.error(`the gallery sent what it may not: ${message.error.message}`);
      return;
    }
    await this.tried(() => this.handle(message.data));
  }

  private async tried(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Cancelled))
        this.post({ type: 'failed', message: sentenceFor(error, this.parts.log) });
    }
  }

  private async handle(message: GalleryToHost): Promise<void> {
    if (message.type === 'ready') {
      await this.begin();
      return;
    }
    const { session, look } = await this.open();
    switch (message.type) {
      case 'sort':
        this.sort = message.sort;
        session.sortBy(message.sort);
        this.postList(session);
        return;
      case 'refresh':
        session.refresh();
        this.postList(session);
        return;
      case 'page': {
        const page = await session.page(message.revision, message.page);
        if (page) this.post(page);
        return;
      }
      case 'look':
        await look.at(message.revision, message.place);
        return;
      case 'lookAway':
        look.away();
        return;
      case 'occlude':
        await look.occlude(message.revision, message.place, message.answer);
        return;
      case 'sendToPad': {
        const found = await session.sample(message.revision, message.place);
        if (found) await this.parts.sendToPad(found.sample);
        return;
      }
      case 'relabel':
        await this.relabel(session, message.revision, message.places);
        return;
      case 'exclude': {
        const { revision, places, excluded } = message;
        if (await confirmed(session.count(revision, places)))
          await this.change(session.exclude(revision, places, excluded));
        return;
      }
      case 'keep':
        await this.keep(session, message.revision, message.places);
        return;
      case 'undo':
        await this.undo();
    }
  }

  // --- what is shown

  /** Tells the page all that it begins with. */
  private async begin(): Promise<void> {
    const { held, session } = await this.open();
    const { live } = held;
    const { name, kind, height, width, classes } = live.dataset;
    const { modelName } = live.evaluation.header;
    const models = { first: modelName, second: live.other?.header.modelName ?? 'the other' };
    const title = choiceInWords(this.spec.samples, models);
    this.onShown(title);
    this.post({
      type: 'about',
      remember: this.spec,
      title,
      model: modelName,
      dataset: name,
      split: live.spec.split,
      ...{ kind, height, width, classes },
    });
    this.postList(session);
  }

  private postList(session: GallerySession): void {
    this.post(session.list(this.edits?.done.undoes));
  }

  private open(): Promise<Opened> {
    const opened = (this.opened ??= this.openSession());
    // a failure is told, and the next message tries again
    opened.catch(() => {
      if (this.opened === opened) this.opened = undefined;
    });
    return opened;
  }

  private async openSession(): Promise<Opened> {
    const { evaluations, library, engine, log, keeper } = this.parts;
    const { evaluation, samples } = this.spec;
    const held = await evaluations.hold(evaluation);
    const { live } = held;
    try {
      const manifest = live.dataset;
      const { store } = library;
      const readers = await openSplits(store, manifest);
      const session = new GallerySession(live, readers, samples, this.sort, this.listed);
      const neighbours = new Neighbours(engine, { model: live.model, manifest, store, readers });
      const look = new CloseLook({
        ...{ engine, session, neighbours, model: live.model },
        post: (message) => this.post(message),
        sentence: (error) => sentenceFor(error, log),
      });
      if (this.edits?.dataset !== manifest.id) {
        this.edits = { dataset: manifest.id, done: new SampleEdits(store.folder(manifest.id), keeper) };
      }
      const following = live.onDidChange(
        () => void this.tried(() => this.follow(live.staleSamples, session)),
      );
      const close = () => {
        following.dispose();
        look.away();
        neighbours.dispose();
        void session.close();
        held.release();
      };
      return { held, session, look, close };
    } catch (error) {
      held.release();
      throw error;
    }
  }

  private async follow(stale: string | undefined, session: GallerySession): Promise<void> {
    if (stale !== undefined) throw new UserError(stale);
    session.keepUp();
    this.postList(session);
    await Promise.resolve();
  }

  // --- what is done with samples

  private async relabel(session: GallerySession, revision: number, places: readonly Range[]): Promise<void> {
    const count = session.count(revision, places);
    if (count === 0) return;
    const picked = await vscode.window.showQuickPick(session.classesFor(revision, places), {
      title: `Correct the Label of ${counted(count, 'Sample')}`,
      placeHolder: 'The class that it shows; what the model takes it for is first',
    });
    if (picked === undefined || !(await confirmed(count))) return;
    await this.change(session.relabel(revision, places, picked));
  }

  private async change(change: Parameters<SampleEdits['change']>[0] | undefined): Promise<void> {
    if (!change || !this.edits) return;
    await this.edits.done.change(change);
    await this.changed(`${change.name}.`);
  }

  private async keep(session: GallerySession, revision: number, places: readonly Range[]): Promise<void> {
    if (!(await confirmed(session.count(revision, places))) || !this.edits) return;
    const samples: HandwritingSample[] = [];
    for await (const { label, sample } of session.labelled(revision, places)) {
      if (sample.kind === 'ink') samples.push({ label, ink: sample.ink, penWidth: sample.penWidth });
    }
    if (samples.length === 0) {
      throw new UserError(
        'My Handwriting keeps strokes, and these samples are pictures: draw them on the pad.',
      );
    }
    const name = `Kept ${counted(samples.length, 'sample')} in My Handwriting`;
    await this.edits.done.keep(name, samples);
    await this.changed(`${name}.`);
  }

  private async undo(): Promise<void> {
    const name = await this.edits?.done.undo();
    if (name !== undefined) await this.changed(`Undone: ${name}.`);
  }

  /** Lets the figures follow at once, here and wherever they are looked at. */
  private async changed(message: string): Promise<void> {
    const opened = await this.opened;
    const before = opened?.held.live.judgement;
    await opened?.held.live.look();
    // what nothing else tells of can be undone all the same
    if (opened && before === opened.held.live.judgement) this.postList(opened.session);
    this.post({ type: 'done', message });
    this.parts.library.refresh();
  }
}
