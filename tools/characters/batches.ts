import { Random } from '../../src/base/random';
import type { Batch } from '../../src/engine/training/pictureTrainer';
import { PICTURE_SIZE } from '../../src/ink/rasterize';
import { BUNDLED_CLASSES } from './classes';
import type { Source } from './sources';

/** How much a sample of no class counts: only the smoothing's share of its loss is left. */
const NO_CLASS = 12;

/**
 * How much scanned pictures are varied: all at the start, so that the network generalizes, hardly any from this progress
 * on. What tells O from 0 and l from 1 on NIST's forms is so fine that variation hides it.
 */
const FINE = { strength: 0.15, from: 0.65 };

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
   */
  next(size: number, progress: number): Batch {
    const strength = 1 - (1 - FINE.strength) * Math.min(1, progress / FINE.from);
    const pixels = PICTURE_SIZE * PICTURE_SIZE;
    const x = new Float32Array(size * pixels);
    const y = new Float32Array(size * BUNDLED_CLASSES.length);
    const weights = new Float32Array(size).fill(1);
    for (let sample = 0; sample < size; sample++) {
      const classes = this.pick(progress).pool.draw(x, sample * pixels, this.random, strength);
      if (classes.length === 0) weights[sample] = NO_CLASS;
      for (const each of classes) y[sample * BUNDLED_CLASSES.length + each] = 1;
    }
    return { x, y, size, weights };
  }

  private pick(progress: number): Source {
    const shares = this.sources.map(({ shares: [first, last] }) => first + (last - first) * progress);
    let left = this.random.next() * shares.reduce((sum, share) => sum + share, 0);
    const index = shares.findIndex((share) => (left -= share) < 0);
    return this.sources[Math.max(0, index)] as Source;
  }
}
