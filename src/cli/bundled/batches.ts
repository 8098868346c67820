import { Random } from '../../datasets/random';
import type { Batch } from '../../engine/training/trainer';
import { PICTURE_SIZE } from '../../ink/rasterize';
import { BUNDLED_CLASSES } from './classes';
import type { Source } from './sources';

/** Draws batches from all sources by their shares. */
export class MixedBatches {
  readonly random: Random;

  constructor(
    private readonly sources: readonly Source[],
    seed: number,
  ) {
    this.random = new Random(seed);
  }

  /**
   * @param progress of the training, 0 to 1, which decides over the shares
   * @param strength how much scanned pictures are varied, 0 to 1
   */
  next(size: number, progress: number, strength: number): Batch {
    const pixels = PICTURE_SIZE * PICTURE_SIZE;
    const x = new Float32Array(size * pixels);
    const y = new Float32Array(size * BUNDLED_CLASSES.length);
    for (let sample = 0; sample < size; sample++) {
      const classes = this.pick(progress).pool.draw(x, sample * pixels, this.random, strength);
      for (const each of classes) y[sample * BUNDLED_CLASSES.length + each] = 1;
    }
    return { x, y, size };
  }

  private pick(progress: number): Source {
    const shares = this.sources.map(({ shares: [first, last] }) => first + (last - first) * progress);
    let left = this.random.next() * shares.reduce((sum, share) => sum + share, 0);
    const index = shares.findIndex((share) => (left -= share) < 0);
    return this.sources[Math.max(0, index)] as Source;
  }
}
