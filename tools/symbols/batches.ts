import { Random } from '../../src/base/random';
import type { Batch } from '../../src/engine/training/pictureTrainer';
import { DIRECTIONS, directionMaps } from '../../src/ink/directionMaps';
import { distort, type Distortion } from '../../src/ink/distort';
import { roughen } from '../characters/penTraces';
import type { SymbolSource } from './sources';

/** Drawings are few, and differ more than letters do. */
const DRAWING: Distortion = { slant: 0.15, rotation: 6, aspect: 0.18, strokeShift: 0.02, elastic: 0.028 };
/** How much a sample of no class counts: only the smoothing's share of its loss is left. */
const NO_CLASS = 8;

/** Draws batches from all sources by their shares. */
export class SymbolBatches {
  readonly random: Random;

  constructor(
    private readonly sources: readonly SymbolSource[],
    private readonly classes: number,
    private readonly side: number,
    seed: number,
  ) {
    this.random = new Random(seed);
  }

  next(size: number): Batch {
    const values = this.side * this.side * DIRECTIONS;
    const x = new Float32Array(size * values);
    const y = new Float32Array(size * this.classes);
    const weights = new Float32Array(size).fill(1);
    for (let sample = 0; sample < size; sample++) {
      const { ink, index } = this.pick().draw(this.random);
      const varied = distort(roughen(ink, this.random), DRAWING, this.random.next);
      directionMaps(varied, this.side).forEach((value, at) => (x[sample * values + at] = value / 255));
      if (index === undefined) weights[sample] = NO_CLASS;
      else y[sample * this.classes + index] = 1;
    }
    return { x, y, size, weights };
  }

  private pick(): SymbolSource {
    let left = this.random.next() * this.sources.reduce((sum, { share }) => sum + share, 0);
    return (this.sources.find(({ share }) => (left -= share) < 0) ?? this.sources[0]) as SymbolSource;
  }
}
