import type { WrittenSample } from '../../datasets/store/keptInk';
import type { Range } from '../../protocol/pages/browse';
import { type GalleryToHost, type HostToGallery, type Sort } from '../../protocol/pages/gallery';
import { confirmed } from '../samples/confirm';
import type { DatasetLibrary } from '../datasets/library';
import { makeDataset } from '../datasets/makeDataset';
import { SampleEdits, type Written } from '../samples/sampleEdits';
import { openSplits, type StoredSample } from '../samples/sampleReader';
import { counted } from '../../base/words';
import { UserError } from '../../base/userError';
import type { Engine } from '../engine/engine';
import type { SamplesPage } from '../evaluation/listedSamples';
import type { LiveEvaluation } from '../evaluation/liveEvaluation';
import type { Held, LiveEvaluations } from '../evaluation/liveEvaluations';
import type { Keeper } from '../samples/keeper';
import { pickOrType } from '../shell/pickOrType';
import { sentenceFor } from '../shell/report';
import type { Shell } from '../shell/shell';
import type { TabContent } from '../shell/tabs';
import { choiceInWords } from './chosenRows';
import { CloseLook } from './closeLook';
import { GallerySession } from './gallerySession';
import type { GallerySpec, GalleryToOpen } from './gallerySpec';
import { Neighbors } from './neighbors';

export interface GalleryPageParts {
  library: DatasetLibrary;
  evaluations: LiveEvaluations;
  engine: Engine;
  keeper: Keeper;
  shell: Pick<Shell, 'log'>;
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
export class GalleryPage implements TabContent<GalleryToHost, HostToGallery, GalleryToOpen> {
  private opened: Promise<Opened> | undefined;
  private edits: { dataset: string; done: SampleEdits } | undefined;
  /** What showed before the page was hidden, in its order. */
  private listed: Uint32Array | undefined;

  private spec: GallerySpec;
  private sort: Sort;

  constructor(
    private readonly page: SamplesPage,
    private readonly parts: GalleryPageParts,
    { spec, sort = 'wrongAndSure' }: GalleryToOpen,
  ) {
    this.spec = spec;
    this.sort = sort;
  }

  /** Shows other samples. */
  again({ spec }: GalleryToOpen): void {
    this.release(() => undefined);
    this.listed = undefined;
    this.spec = spec;
    void this.page.tried(() => this.begin());
  }

  /** Lets go of what is in memory; the page's next first message takes it up again, as it stands now. */
  hidden(): void {
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

  async receive(message: GalleryToHost): Promise<HostToGallery | undefined> {
    if (message.type === 'ready') {
      await this.begin();
      return undefined;
    }
    const { session, look } = await this.open();
    switch (message.type) {
      case 'sort':
        this.sort = message.sort;
        session.sortBy(message.sort);
        return this.list(session);
      case 'refresh':
        session.refresh();
        return this.list(session);
      case 'page':
        return session.page(message.revision, message.page);
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
          await this.edits?.done.edit(() => session.exclude(revision, places, excluded));
        return;
      }
      case 'keep':
        await this.keep(session, message.revision, message.places);
        return;
      case 'makeDataset':
        await this.makeDataset(session, message.revision, message.places);
        return;
      case 'undo':
        await this.edits?.done.undo();
        return;
    }
  }

  // --- what is shown

  /** Tells the page all that it begins with. */
  private async begin(): Promise<void> {
    const { held, session } = await this.open();
    const { live } = held;
    const { name, kind, height, width, classes } = live.dataset;
    const { modelName } = live.evaluation.header;
    const title = this.choiceInWords(live);
    this.page.title = title;
    this.page.post({
      type: 'about',
      remember: this.spec,
      title,
      model: modelName,
      dataset: name,
      split: live.spec.split,
      ...{ kind, height, width, classes },
    });
    this.page.post(this.list(session));
  }

  private choiceInWords({ evaluation, other }: LiveEvaluation): string {
    const models = { first: evaluation.header.modelName, second: other?.header.modelName ?? 'the other' };
    return choiceInWords(this.spec.samples, models);
  }

  private list(session: GallerySession): HostToGallery {
    return session.list(this.edits?.done.undoes);
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
    const { evaluations, library, engine, shell } = this.parts;
    const { evaluation, samples } = this.spec;
    const held = await evaluations.hold(evaluation);
    const { live } = held;
    try {
      const manifest = live.dataset;
      const { store } = library;
      const readers = await openSplits(store, manifest);
      const session = new GallerySession(live, readers, samples, this.sort, this.listed);
      const neighbors = new Neighbors(engine, { model: live.model, manifest, store, readers });
      const look = new CloseLook({
        ...{ engine, session, neighbors, model: live.model },
        post: (message) => this.page.post(message),
        sentence: (error) => sentenceFor(error, shell.log),
      });
      if (this.edits?.dataset !== manifest.id) {
        const done = new SampleEdits(store.folder(manifest.id), (written) => this.written(written));
        this.edits = { dataset: manifest.id, done };
      }
      const following = live.onDidChange(
        () => void this.page.tried(() => this.follow(live.staleSamples, session)),
      );
      const close = () => {
        following.dispose();
        look.away();
        neighbors.dispose();
        void session.close();
        held.release();
      };
      return { held, session, look, close };
    } catch (error) {
      held.release();
      throw error;
    }
  }

  private follow(stale: string | undefined, session: GallerySession): void {
    if (stale !== undefined) throw new UserError(stale);
    session.keepUp();
    this.page.post(this.list(session));
  }

  // --- what is done with samples

  private async relabel(session: GallerySession, revision: number, places: readonly Range[]): Promise<void> {
    const count = session.count(revision, places);
    if (count === 0) return;
    const picked = await pickOrType({
      title: `Correct the Label of ${counted(count, 'Sample')}`,
      placeholder: 'The class that it shows; what the model takes it for is first',
      items: session.classesFor(revision, places).map((label) => ({ label })),
    });
    if (picked === undefined || !(await confirmed(count))) return;
    await this.edits?.done.edit(() => session.relabel(revision, places, picked.label));
  }

  private async keep(session: GallerySession, revision: number, places: readonly Range[]): Promise<void> {
    if (!(await confirmed(session.count(revision, places))) || !this.edits) return;
    const samples: WrittenSample[] = [];
    for await (const { label, sample } of session.labeled(revision, places)) {
      if (sample.kind === 'ink') samples.push({ label, ink: sample.ink, penWidth: sample.penWidth });
    }
    if (samples.length === 0) {
      throw new UserError(
        'My Handwriting keeps strokes, and these samples are pictures: draw them on the pad.',
      );
    }
    const name = `Kept ${counted(samples.length, 'sample')} in My Handwriting`;
    const { keeper } = this.parts;
    await this.edits.done.also(name, async () => {
      const files: string[] = [];
      for (const sample of samples) files.push(await keeper.keep(sample.label, sample));
      return () => keeper.takeBack(files);
    });
  }

  private async makeDataset(
    session: GallerySession,
    revision: number,
    places: readonly Range[],
  ): Promise<void> {
    const samples = session.storedPlaces(revision, places);
    if (samples.length === 0) return;
    const { live } = (await this.open()).held;
    const { modelName } = live.evaluation.header;
    await makeDataset(this.parts.library, {
      ...{ dataset: live.dataset, samples, modelName, model: live.spec.model },
      what: this.choiceInWords(live),
    });
  }

  /** Lets the figures follow at once, here and wherever they are looked at. */
  private async written({ name, undone }: Written): Promise<void> {
    const opened = await this.opened;
    const before = opened?.held.live.judgment;
    await opened?.held.live.look();
    // what nothing else tells of can be undone all the same
    if (opened && before === opened.held.live.judgment) this.page.post(this.list(opened.session));
    this.page.post({ type: 'done', message: undone ? `Undone: ${name}.` : `${name}.` });
    this.parts.library.refresh();
  }
}
