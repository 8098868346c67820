import { augmentPicture, GENTLE_AUGMENTATION } from '../../datasets/augment';
import type { Random } from '../../datasets/random';
import type { Samples } from '../../datasets/samples';
import { distort, HANDWRITING } from '../../ink/distort';
import { rasterize } from '../../ink/rasterize';
import { pictureOf, sizeOf } from '../../datasets/pictures';
import type { Batch } from './trainer';

/** Makes batches of samples, varied at random or as they are. */
export class TrainingSet {
  private readonly size: number;

  /** @param classes that the network gives a probability for */
  constructor(
    private readonly samples: Samples,
    private readonly classes: number,
    private readonly augment: boolean,
  ) {
    const { height, width } = sizeOf(samples);
    this.size = height * width;
  }

  /** @param random varies the samples; without it they stay as they are */
  batch(chosen: ArrayLike<number>, random?: Random): Batch {
    const x = new Float32Array(chosen.length * this.size);
    const y = new Float32Array(chosen.length * this.classes);
    for (let i = 0; i < chosen.length; i++) {
      const index = chosen[i] ?? 0;
      y[i * this.classes + (this.samples.labels[index] ?? 0)] = 1;
      if (this.augment && random) this.vary(index, x, i * this.size, random);
      else pictureOf(this.samples, index).forEach((grey, pixel) => (x[i * this.size + pixel] = grey / 255));
    }
    return { x, y, size: chosen.length };
  }

  private vary(index: number, x: Float32Array, at: number, random: Random): void {
    if (this.samples.kind === 'images') {
      augmentPicture(
        this.samples.pixels,
        index * this.size,
        x,
        at,
        this.samples,
        GENTLE_AUGMENTATION,
        random.next,
      );
      return;
    }
    const ink = distort(this.samples.inks[index] ?? [], HANDWRITING, random.next);
    const picture = rasterize(ink, { penWidth: this.samples.penWidths[index] });
    picture.forEach((grey, pixel) => (x[at + pixel] = grey / 255));
  }
}
