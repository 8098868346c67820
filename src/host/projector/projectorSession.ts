import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { DatasetStore } from '../../datasets/store/datasetStore';
import { scalePictures } from '../../ink/scalePicture';
import { type Projection, readProjectionFile } from '../../evaluations/projectionFile';
import { PAGE_SIZE } from '../../protocol/pages/browse';
import { project } from '../../protocol/engine/projection';
import { USUAL_PROJECTED } from '../../protocol/projection';
import {
  type HostToProjector,
  type Layout,
  MOST_THUMBNAIL,
  type Projected,
  type ThumbnailPage,
} from '../../protocol/pages/projector';
import type { Progress } from '../../protocol/rpc';
import { PlaceReader } from '../samples/placeReader';
import { openSplits, type SplitReader } from '../samples/sampleReader';
import type { Engine } from '../engine/engine';
import type { EvaluationSpec } from '../evaluation/evaluationSpec';
import type { Held, LiveEvaluations } from '../evaluation/liveEvaluations';
import { projected } from './projected';
import { timed } from './timed';

export interface ProjectorParts {
  store: DatasetStore;
  engine: Engine;
  evaluations: LiveEvaluations;
}

/** One layout that is being computed. */
interface Work {
  readonly abort: AbortController;
  readonly layout: Layout;
  /** What was told of it last. */
  told?: HostToProjector;
}

/** What a page needs only while it shows. */
interface Shown {
  readonly held: Held;
  readonly readers: readonly SplitReader[];
  readonly pictures: PlaceReader;
  readonly unfollow: () => void;
  message?: Projected;
}

/** A projector: lays samples out, and tells its page of them as long as it shows. */
export class ProjectorSession {
  private shown: Shown | undefined;
  private work: Work | undefined;
  private projection: { readonly layout: Layout; readonly file: string } | undefined;
  private stopped = false;
  private revision = 0;
  /** Grows whenever the page comes or goes: what was opened for another one is let go. */
  private turn = 0;

  constructor(
    private readonly spec: EvaluationSpec,
    private readonly parts: ProjectorParts,
    private readonly post: (message: HostToProjector) => void,
    /** Told what is shown, once that is known. */
    private readonly onTitle: (title: string) => void,
    /** Told what went wrong where nobody waits for it. */
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Takes up the page, and lays out what it is to show unless the user ended that. */
  async show(wanted?: Layout): Promise<void> {
    this.hide();
    const turn = this.turn;
    const shown = await this.open();
    if (turn !== this.turn) {
      release(shown);
      return;
    }
    this.shown = shown;
    const { live } = shown.held;
    const { header } = live.evaluation;
    const layout = this.work?.layout ??
      wanted ??
      this.projection?.layout ?? { method: 'umap', most: USUAL_PROJECTED };
    this.onTitle(`Projector: ${header.modelName} · ${live.datasetName}, ${header.key.split}`);
    this.post({
      type: 'about',
      spec: this.spec,
      model: header.modelName,
      dataset: live.datasetName,
      split: header.key.split,
      samples: header.samples,
      layout,
    });
    if (this.work?.told) this.post(this.work.told);
    else if (this.stopped) this.post({ type: 'stopped' });
    else if (!this.work) await this.layOut(layout);
  }

  /** Lets go of all that only a page that shows needs; work goes on. */
  hide(): void {
    this.turn++;
    if (this.shown) release(this.shown);
    this.shown = undefined;
  }

  /** Lays the samples out anew, unless that was done before; what was under way ends. */
  async layOut(layout: Layout): Promise<void> {
    this.stopped = false;
    this.work?.abort.abort();
    const work: Work = { abort: new AbortController(), layout };
    this.work = work;
    try {
      const known = isDeepStrictEqual(this.projection?.layout, layout) ? this.projection?.file : undefined;
      const file = known !== undefined && existsSync(known) ? known : await this.compute(work);
      if (this.work !== work) return;
      this.projection = { layout, file };
      await this.send();
    } catch (error) {
      if (!work.abort.signal.aborted) throw error;
    } finally {
      if (this.work === work) this.work = undefined;
    }
  }

  stop(): void {
    if (!this.work) return;
    this.work.abort.abort();
    this.work = undefined;
    this.stopped = true;
    this.post({ type: 'stopped' });
  }

  /** The pictures of a page of samples; nothing where the page shows others by now. */
  async page(revision: number, page: number): Promise<ThumbnailPage | undefined> {
    const { shown } = this;
    const places = [...(shown?.message?.places.subarray(page * PAGE_SIZE, (page + 1) * PAGE_SIZE) ?? [])];
    if (!shown || revision !== shown.message?.revision || places.length === 0) return undefined;
    const { height, width } = shown.held.live.dataset;
    const scale = Math.min(1, MOST_THUMBNAIL / Math.max(height, width));
    const size = {
      height: Math.max(1, Math.floor(height * scale)),
      width: Math.max(1, Math.floor(width * scale)),
    };
    const pixels = await shown.pictures.pictures(places, height * width);
    return {
      type: 'page',
      revision,
      page,
      ...size,
      pixels: Uint8Array.from(scalePictures(pixels, places.length, { height, width }, size)),
    };
  }

  dispose(): void {
    this.work?.abort.abort();
    this.work = undefined;
    this.hide();
  }

  private async open(): Promise<Shown> {
    const { evaluations, store } = this.parts;
    const held = await evaluations.hold(this.spec);
    try {
      const { live } = held;
      const readers = await openSplits(store, live.dataset);
      const listener = live.onDidChange(() => void this.send().catch(this.failed));
      const pictures = new PlaceReader(readers, live.evaluation.header.of);
      return { held, readers, pictures, unfollow: () => listener.dispose() };
    } catch (error) {
      held.release();
      throw error;
    }
  }

  private async compute(work: Work): Promise<string> {
    const { engine, store, evaluations } = this.parts;
    const { model, dataset, split } = this.spec;
    await evaluations.checkModels(this.spec);
    const left = timed();
    const onProgress = ({ phase, done, total }: Progress<typeof project>) => {
      if (this.work !== work) return;
      const secondsLeft = left(phase, done, total);
      work.told = { type: 'working', phase, done, total, ...(secondsLeft !== undefined && { secondsLeft }) };
      this.post(work.told);
    };
    const task = { model, home: store.home, dataset, split, ...work.layout };
    const { file } = await engine.call(project, task, { signal: work.abort.signal, onProgress });
    return file;
  }

  /** Tells the page where the samples lie, and what the model says of them now. */
  private async send(): Promise<void> {
    const { shown, projection } = this;
    if (!shown || !projection) return;
    const read: Projection = await readProjectionFile(projection.file);
    if (shown !== this.shown || projection !== this.projection) return;
    const { judgment, evaluation } = shown.held.live;
    shown.message = projected(read, judgment, evaluation.places, projection.layout, ++this.revision);
    this.post(shown.message);
  }
}

function release({ unfollow, held, readers }: Shown): void {
  unfollow();
  held.release();
  for (const reader of readers) void reader.close();
}
