import { openDataset } from '../../datasets/open';
import { sizeOf } from '../../datasets/pictures';
import { augmentationSchema } from '../../models/runSettings';
import type { AugmentPreviewParams, AugmentPreviewResult } from '../../protocol/training';
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
  }: AugmentPreviewParams): Promise<AugmentPreviewResult> {
    const { samples, side, count: there } = await this.fewOf(dataset, home);
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
  const samples = await dataset.load(dataset.officialSplits.includes('train') ? 'train' : 'all');
  const there = samples.labels.length;
  const count = Math.min(MOST, there);
  const chosen = Array.from({ length: count }, (_, index) => Math.floor((index * there) / count));
  const { height, width } = sizeOf(samples);
  const labels = new Uint16Array(count);
  const common = { count, side: Math.max(height, width) };
  if (samples.kind === 'ink') {
    const inks = chosen.map((index) => samples.inks[index] ?? []);
    const penWidths = chosen.map((index) => samples.penWidths[index]);
    return { ...common, samples: share({ kind: 'ink', inks, penWidths, writers: [], labels }) };
  }
  const size = height * width;
  const pixels = new Uint8Array(count * size);
  chosen.forEach((index, i) =>
    pixels.set(samples.pixels.subarray(index * size, (index + 1) * size), i * size),
  );
  return { ...common, samples: share({ kind: 'images', height, width, pixels, labels }) };
}
