/** How fast the running means of the gradient and of its square forget (Kingma and Ba 2015). */
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

/** What AdamW keeps of one list of weights. */
export interface Moments {
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

/**
 * AdamW (Loshchilov and Hutter 2019) on plain lists of numbers. What TensorFlow.js makes of it are a dozen operations a
 * weight, each through all of memory, which take as long as half of the gradient; one loop does not.
 */
export class AdamW {
  private moments: Moments[];
  private steps = 0;

  /** @param sizes of the lists of weights */
  constructor(sizes: readonly number[]) {
    this.moments = sizes.map((size) => ({ mean: new Float32Array(size), square: new Float32Array(size) }));
  }

  /**
   * Takes a step on all lists.
   *
   * @param weights changed in place
   * @param decays for each list how much its weights decay by themselves
   * @param scale factor on all gradients
   */
  step(
    weights: readonly Float32Array[],
    gradients: readonly Float32Array[],
    { learningRate, decays, scale }: { learningRate: number; decays: readonly number[]; scale: number },
  ): void {
    this.steps++;
    const correction = Math.sqrt(1 - BETA2 ** this.steps) / (1 - BETA1 ** this.steps);
    for (const [index, list] of weights.entries()) {
      const gradient = gradients[index] as Float32Array;
      const { mean, square } = this.moments[index] as Moments;
      const keep = 1 - learningRate * (decays[index] ?? 0);
      const rate = learningRate * correction;
      for (let i = 0; i < list.length; i++) {
        const g = scale * (gradient[i] as number);
        const m = BETA1 * (mean[i] as number) + (1 - BETA1) * g;
        const s = BETA2 * (square[i] as number) + (1 - BETA2) * g * g;
        mean[i] = m;
        square[i] = s;
        list[i] = keep * (list[i] as number) - (rate * m) / (Math.sqrt(s) + EPSILON);
      }
    }
  }

  save(): AdamWState {
    return {
      steps: this.steps,
      moments: this.moments.map(({ mean, square }) => ({ mean: mean.slice(), square: square.slice() })),
    };
  }

  restore({ steps, moments }: AdamWState): void {
    this.steps = steps;
    this.moments = moments.map(({ mean, square }) => ({ mean: mean.slice(), square: square.slice() }));
  }
}

/**
 * The factor that makes all gradients together, as one vector, no longer than this.
 *
 * @returns undefined where they are no numbers: a step by them would end all learning
 */
export function clippingOf(gradients: readonly Float32Array[], longest: number): number | undefined {
  let sum = 0;
  for (const gradient of gradients) for (const value of gradient) sum += value * value;
  const norm = Math.sqrt(sum);
  return Number.isFinite(norm) ? Math.min(1, longest / (norm + 1e-12)) : undefined;
}

export interface AdamWState {
  readonly steps: number;
  readonly moments: readonly Moments[];
}
