import { storedPlace } from '../../datasets/store/storedSplit';
import type { Manifest } from '../../datasets/store/manifest';
import type { Split } from '../../base/split';
import type { DatasetStore } from '../../datasets/store/datasetStore';
import { embedSplit, findNearest } from '../../protocol/engine/evaluation';
import { type FoundNeighbors, NEIGHBORS } from '../../protocol/pages/gallery';
import { picturesAt, type StoredPlace } from '../samples/placedPictures';
import type { SplitReader } from '../samples/sampleReader';
import { counted, grouped } from '../../base/words';
import { samplesOf } from '../../datasets/store/manifest';
import { UserError } from '../../base/userError';
import type { EvaluatedModel } from '../evaluation/evaluatedModel';
import type { Engine } from '../engine/engine';

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
export class Neighbors {
  private readonly abort = new AbortController();
  /** The embeddings of the training samples, once they are wanted: what is begun serves whoever asks next. */
  private embedded: Promise<unknown> | undefined;
  private report: Report = () => undefined;

  constructor(
    private readonly engine: Engine,
    private readonly among: Among,
  ) {}

  /**
   * The nearest training samples of the sample at a place; where the dataset has no train split, of all its samples.
   *
   * @throws UserError where there is nothing to look through, Canceled when the signal is aborted
   */
  async of(
    { split, index }: StoredPlace,
    picture: { width: number; height: number; pixels: Uint8Array },
    report: Report,
    signal: AbortSignal,
  ): Promise<Pick<FoundNeighbors, 'among' | 'neighbors' | 'pixels'>> {
    const { manifest, store, readers } = this.among;
    const through = searchable(manifest);
    this.report = report;
    report('');
    this.embedded ??= this.embed(through);
    await this.embedded;
    const { neighbors, samples, of } = await this.engine.call(
      findNearest,
      {
        ...(await this.task(through)),
        count: NEIGHBORS,
        picture: { ...picture, pixels: [...picture.pixels] },
        ...(split === through && { except: index }),
      },
      { signal },
    );
    const changes = await store.changes(manifest.id, of);
    const found = neighbors.flatMap(({ place, label, distance }) => {
      const stored = storedPlace(manifest, of, place);
      const change = changes.get(place);
      const changed = change !== undefined;
      return stored ? [{ ...stored, label: change?.label ?? label, distance, changed }] : [];
    });
    return {
      among: amongWhat(manifest, through, samples),
      neighbors: found,
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
      await this.engine.call(embedSplit, await this.task(split), {
        signal: this.abort.signal,
        onProgress: ({ done, total }) =>
          this.report(
            `The network reads the training samples, once: ${grouped(done)} of ${grouped(total)}`,
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
    looked < total ? `${grouped(looked)} of ${counted(total, 'sample')}` : counted(total, 'sample');
  return split === 'train'
    ? `Among ${some} of train.`
    : `${manifest.name} has no train split: among all ${some}.`;
}
