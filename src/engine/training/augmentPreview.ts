import { trainSplitOf } from '../../base/split';
import { openDataset } from '../../datasets/open';
import { PictureReader } from '../../datasets/store/pictureReader';
import { picturesOf, sizeOf } from '../../datasets/pictures';
import type { Samples } from '../../datasets/samples';
import type { StoredSplit } from '../../datasets/store/storedSplit';
import { augmentationSchema } from '../../runs/runSettings';
import type { previewAugmentation } from '../../protocol/engine/training';
import type { Params, Result } from '../../protocol/rpc';
import { BatchMaker } from './batches/batchMaker';
import { share, type SharedSamples } from './batches/sharedSamples';

/** As many samples as a preview may show. */
const MOST = 64;

/** A few samples of one dataset, spread over all of it. */
interface Few {
  readonly samples: SharedSamples;
  readonly count: number;
  readonly side: number;
}

/** Shows samples varied as a run would vary them. Those of the last dataset stay in memory, for the next strengths. */
export class AugmentPreview {
  private few: Promise<Few> | undefined;
  private key = '';

  /** @throws DatasetError where the dataset cannot be read */
  async show({
    dataset,
    home,
    augmentation,
    seed,
    count,
    side: wanted,
  }: Params<typeof previewAugmentation>): Promise<Result<typeof previewAugmentation>> {
    const { samples, side: stored, count: there } = await this.fewOf(dataset, home);
    const side = wanted ?? stored;
    const maker = new BatchMaker({
      samples,
      side,
      seed,
      augmentation: augmentationSchema.parse(augmentation),
    });
    const indices = Uint32Array.from({ length: Math.min(count, there) }, (_, index) => index);
    const batch = maker.make({ indices, variation: { epoch: 0, batch: 0 } });
    const size = side * side;
    const pictures = Array.from(indices, (index) => ({
      width: side,
      height: side,
      pixels: Array.from(batch.subarray(index * size, (index + 1) * size), (value) =>
        Math.round(255 * value),
      ),
    }));
    return { pictures };
  }

  private fewOf(dataset: string, home: string): Promise<Few> {
    const key = `${home}\n${dataset}`;
    if (this.few && this.key === key) return this.few;
    const few = readFew(dataset, home);
    this.key = key;
    this.few = few;
    few.catch(() => {
      if (this.few === few) this.few = undefined;
    });
    return few;
  }
}

async function readFew(id: string, home: string): Promise<Few> {
  const dataset = await openDataset(id, home);
  const split = trainSplitOf(dataset.officialSplits);
  const stored = await dataset.locate?.(split);
  const samples = stored?.kind === 'images' ? fromDisk(stored) : fromMemory(await dataset.load(split));
  const { height, width } = sizeOf(samples);
  return { count: samples.labels.length, side: Math.max(height, width), samples: share(samples) };
}

function fromDisk(stored: StoredSplit): Samples {
  const { height, width, labels } = stored;
  const chosen = spread(labels.length);
  const reader = new PictureReader(stored);
  try {
    const pixels = reader.read(chosen);
    return { kind: 'images', height, width, pixels, labels: new Uint16Array(chosen.length) };
  } finally {
    reader.close();
  }
}

function fromMemory(samples: Samples): Samples {
  const chosen = spread(samples.labels.length);
  const labels = new Uint16Array(chosen.length);
  if (samples.kind === 'images') return { ...samples, labels, pixels: picturesOf(samples, chosen) };
  const inks = chosen.map((index) => samples.inks[index] ?? []);
  const penWidths = chosen.map((index) => samples.penWidths[index]);
  return { kind: 'ink', inks, penWidths, writers: [], labels };
}

/** Places of a few samples among all. */
function spread(count: number): number[] {
  const few = Math.min(MOST, count);
  return Array.from({ length: few }, (_, index) => Math.floor((index * count) / few));
}
