import { rasterize } from '../../ink/rasterize';
import { readCard } from '../../models/modelFolder';
import { occlusionRequest, occlusionResultSchema } from '../../protocol/evaluation';
import type { HostToGallery, LookedAt } from '../../protocol/gallery';
import type { StoredSample } from '../datasets/sampleReader';
import { Cancelled } from '../errors';
import type { EvaluatedModel } from '../evaluation/evaluatedModel';
import type { EvaluationEngine } from '../evaluation/evaluationEngine';
import type { GallerySession } from './gallerySession';
import type { Neighbours } from './neighbours';

export interface CloseLookParts {
  engine: EvaluationEngine;
  model: EvaluatedModel;
  session: GallerySession;
  neighbours: Neighbours;
  post: (message: HostToGallery) => void;
  /** One sentence for the person. */
  sentence: (error: unknown) => string;
}

/** Looks at one sample at a time: what comes late for another one is let go. */
export class CloseLook {
  private abort = new AbortController();

  constructor(private readonly parts: CloseLookParts) {}

  /** Tells of a sample at once, and of its neighbours and of where the network looked when that is found. */
  async at(revision: number, place: number): Promise<void> {
    this.away();
    const { signal } = this.abort;
    const { session, post } = this.parts;
    const sample = await session.look(revision, place);
    if (!sample || signal.aborted) return;
    post(sample);
    await Promise.all([this.occlude(revision, place, sample.predicted), this.findNeighbours(sample, signal)]);
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
      const { width, height, drops } = await engine.request(
        occlusionRequest,
        { model: folder, picture: await pictureFor(folder, found.sample), class: output },
        occlusionResultSchema,
        signal,
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

  private findNeighbours(sample: LookedAt, signal: AbortSignal): Promise<void> {
    const { revision, place, split, index } = sample;
    return this.tried('neighbours', { revision, place }, signal, async () => {
      const { neighbours, session, post } = this.parts;
      const { height, width } = session.pictureSize;
      const report = (message: string, share?: number) => {
        if (signal.aborted) return;
        post({ type: 'searching', revision, place, message, ...(share !== undefined && { share }) });
      };
      const found = await neighbours.of(
        { split, index },
        { width, height, pixels: sample.pixels },
        report,
        signal,
      );
      if (!signal.aborted) post({ type: 'neighbours', revision, place, ...found });
    });
  }

  private async tried(
    part: 'neighbours' | 'occlusion',
    at: { revision: number; place: number },
    signal: AbortSignal,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal.aborted || error instanceof Cancelled) return;
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
