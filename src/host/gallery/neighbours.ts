import { storedPlace } from '../../datasets/storedSplit';
import type { Manifest } from '../../datasets/manifest';
import type { Split } from '../../datasets/samples';
import type { DatasetStore } from '../../datasets/store';
import {
  embeddingsRequest,
  embeddingsResultSchema,
  nearestRequest,
  nearestResultSchema,
} from '../../protocol/evaluation';
import { type FoundNeighbours, NEIGHBOURS } from '../../protocol/gallery';
import { picturesAt, type StoredPlace } from '../datasets/placedPictures';
import type { SplitReader } from '../datasets/sampleReader';
import { counted, samplesOf } from '../datasets/words';
import { UserError } from '../errors';
import type { EvaluatedModel } from '../evaluation/evaluatedModel';
import type { EvaluationEngine } from '../evaluation/evaluationEngine';

/** Training samples that are looked through, evenly spread over a larger split: as many as MNIST has. */
const MOST_SAMPLES = 60_000;

/** What is looked through, and with which eyes. */
interface Among {
  readonly model: EvaluatedModel;
  readonly manifest: Manifest;
  readonly store: DatasetStore;
  readonly readers: readonly SplitReader[];
}

/** Told in words how far the preparations are, and as a share from 0 to 1. */
type Report = (message: string, share?: number) => void;

/** Finds the training samples that a network takes for most like another one. */
export class Neighbours {
  private readonly abort = new AbortController();
  /** The embeddings of the training samples, once they are wanted: what is begun serves whoever asks next. */
  private embedded: Promise<unknown> | undefined;
  private report: Report = () => undefined;

  constructor(
    private readonly engine: EvaluationEngine,
    private readonly among: Among,
  ) {}

  /**
   * The nearest training samples of the sample at a place; where the dataset has no train split, of all its samples.
   *
   * @throws UserError where there is nothing to look through, Cancelled when the signal is aborted
   */
  async of(
    { split, index }: StoredPlace,
    picture: { width: number; height: number; pixels: Uint8Array },
    report: Report,
    signal: AbortSignal,
  ): Promise<Pick<FoundNeighbours, 'among' | 'neighbours' | 'pixels'>> {
    const { manifest, store, readers } = this.among;
    const through = searchable(manifest);
    this.report = report;
    report('');
    this.embedded ??= this.embed(through);
    await this.embedded;
    const { neighbours, samples, of } = await this.engine.work(
      nearestRequest,
      {
        ...(await this.task(through)),
        count: NEIGHBOURS,
        picture: { ...picture, pixels: [...picture.pixels] },
        ...(split === through && { except: index }),
      },
      nearestResultSchema,
      { signal },
    );
    const changes = await store.changes(manifest.id, of);
    const found = neighbours.flatMap(({ place, label, distance }) => {
      const stored = storedPlace(manifest, of, place);
      const change = changes.get(place);
      const changed = change !== undefined;
      return stored ? [{ ...stored, label: change?.label ?? label, distance, changed }] : [];
    });
    return {
      among: amongWhat(manifest, through, samples),
      neighbours: found,
      pixels: await picturesAt(readers, manifest, found),
    };
  }

  /** Gives up what is being prepared. */
  dispose(): void {
    this.abort.abort();
  }

  private async task(split: Split) {
    const { model, manifest, store } = this.among;
    return { model: await model.use(), home: store.home, dataset: manifest.id, split, most: MOST_SAMPLES };
  }

  private async embed(split: Split): Promise<void> {
    try {
      await this.engine.work(embeddingsRequest, await this.task(split), embeddingsResultSchema, {
        signal: this.abort.signal,
        onProgress: ({ done, total }) =>
          this.report(
            `The network reads the training samples, once: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`,
            total > 0 ? done / total : 0,
          ),
      });
    } catch (error) {
      // whoever asks next tries again
      this.embedded = undefined;
      throw error;
    }
  }
}

/** The split that is looked through. */
function searchable({ name, counts }: Manifest): Split {
  if (counts.train) return 'train';
  if (counts.all) return 'all';
  throw new UserError(`${name} has no train split whose samples could be compared.`);
}

function amongWhat(manifest: Manifest, split: Split, looked: number): string {
  const total = samplesOf(manifest, split);
  const some =
    looked < total
      ? `${looked.toLocaleString('en')} of ${counted(total, 'sample')}`
      : counted(total, 'sample');
  return split === 'train'
    ? `Among ${some} of train.`
    : `${manifest.name} has no train split: among all ${some}.`;
}
