import { Random } from '../../src/base/random';
import type { Batch } from '../../src/engine/training/pictureTrainer';
import { characterPoints, CHARACTER_POINTS, POINT_FEATURES } from '../../src/ink/characterPoints';
import { distort, HANDWRITING } from '../../src/ink/distort';
import { INK_OUTPUTS, type InkSource } from './inkSources';
import { roughen } from './penTraces';
import { reorder } from './strokeOrder';

/** Share of ink whose pen's width is not known, as of other programs. */
const WIDTH_UNKNOWN = 0.35;
/** How much the width of the pen varies, as a natural logarithm, to both sides. */
const BOLDNESS = 0.15;

/** Draws batches from all ink by its shares. */
export class InkBatches {
  readonly random: Random;

  constructor(
    private readonly sources: readonly InkSource[],
    seed: number,
  ) {
    this.random = new Random(seed);
  }

  next(size: number): Batch {
    const { random } = this;
    const values = CHARACTER_POINTS * POINT_FEATURES;
    const x = new Float32Array(size * values);
    const y = new Float32Array(size * INK_OUTPUTS);
    for (let sample = 0; sample < size; sample++) {
      const { ink, penWidth, classes } = this.pick().draw(random);
      const varied = distort(reorder(roughen(ink, random), random), HANDWRITING, random.next);
      const boldness = Math.exp((random.next() * 2 - 1) * BOLDNESS);
      const known = random.next() < WIDTH_UNKNOWN || penWidth === undefined ? undefined : penWidth * boldness;
      x.set(characterPoints(varied, known), sample * values);
      y[sample * INK_OUTPUTS + (classes[0] ?? INK_OUTPUTS - 1)] = 1;
    }
    return { x, y, size };
  }

  private pick(): InkSource {
    let left = this.random.next() * this.sources.reduce((sum, { share }) => sum + share, 0);
    return (this.sources.find(({ share }) => (left -= share) < 0) ?? this.sources[0]) as InkSource;
  }
}
