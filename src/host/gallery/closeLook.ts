import { rasterize } from '../../ink/rasterize';
import { readCard } from '../../models/modelFolder';
import { occlude } from '../../protocol/engine/evaluation';
import type { HostToGallery, LookedAt } from '../../protocol/pages/gallery';
import type { StoredSample } from '../samples/sampleReader';
import { Canceled } from '../../protocol/failures';
import type { EvaluatedModel } from '../evaluation/evaluatedModel';
import type { Engine } from '../engine/engine';
import type { GallerySession } from './gallerySession';
import type { Neighbors } from './neighbors';

export interface CloseLookParts {
  engine: Engine;
  model: EvaluatedModel;
  session: GallerySession;
  neighbors: Neighbors;
  post: (message: HostToGallery) => void;
  /** One sentence for the user. */
  sentence: (error: unknown) => string;
}

/** Looks at one sample at a time: what comes late for another one is let go. */
export class CloseLook {
  private abort = new AbortController();

  constructor(private readonly parts: CloseLookParts) {}

  /** Tells of a sample at once, and of its neighbors and of where the network looked when that is found. */
  async at(revision: number, place: number): Promise<void> {
    this.away();
    const { signal } = this.abort;
    const { session, post } = this.parts;
    const sample = await session.look(revision, place);
    if (!sample || signal.aborted) return;
    post(sample);
    await Promise.all([this.occlude(revision, place, sample.predicted), this.findNeighbors(sample, signal)]);
  }

  /** Tells where the network looked for an answer. */
  occlude(revision: number, place: number, answer: number): Promise<void> {
    const { signal } = this.abort;
    return this.tried('occlusion', { revision, place }, signal, async () => {
      const { engine, model, session, post } = this.parts;
      const found = await session.sample(revision, place);
      const output = session.outputFor(revision, place, answer);
      if (!found || output === undefined) return;
      const folder = await model.use();
      const { width, height, drops } = await engine.call(
        occlude,
        { model: folder, picture: await pictureFor(folder, found.sample), class: output },
        { signal },
      );
      if (signal.aborted) return;
      post({ type: 'occluded', revision, place, answer, width, height, drops: Float32Array.from(drops) });
    });
  }

  /** Gives up what is being computed. */
  away(): void {
    this.abort.abort();
    this.abort = new AbortController();
  }

  private findNeighbors(sample: LookedAt, signal: AbortSignal): Promise<void> {
    const { revision, place, split, index } = sample;
    return this.tried('neighbors', { revision, place }, signal, async () => {
      const { neighbors, session, post } = this.parts;
      const { height, width } = session.pictureSize;
      const report = (message: string, share?: number) => {
        if (signal.aborted) return;
        post({ type: 'searching', revision, place, message, ...(share !== undefined && { share }) });
      };
      const found = await neighbors.of(
        { split, index },
        { width, height, pixels: sample.pixels },
        report,
        signal,
      );
      if (!signal.aborted) post({ type: 'neighbors', revision, place, ...found });
    });
  }

  private async tried(
    part: 'neighbors' | 'occlusion',
    at: { revision: number; place: number },
    signal: AbortSignal,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal.aborted || error instanceof Canceled) return;
      this.parts.post({ type: 'missing', ...at, part, message: this.parts.sentence(error) });
    }
  }
}

/** A sample as the model was given it when it was evaluated. */
async function pictureFor(model: string, sample: StoredSample) {
  if (sample.kind === 'images') {
    const { width, height, pixels } = sample;
    return { width, height, pixels: [...pixels] };
  }
  const { height: side } = (await readCard(model)).preprocessing;
  return {
    width: side,
    height: side,
    pixels: [...rasterize(sample.ink, { penWidth: sample.penWidth, side })],
  };
}
