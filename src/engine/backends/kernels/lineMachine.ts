import { NotInKernels, type Chain } from './chain';
import { groundFor, planLines, type LineGround, type LinePlan, type LineShape } from './linePlan';
import { bring, fetched, type Parameter } from './parameters';
import { MOST_BYTES } from './plan';
import { Threads } from './threads';
import { FLOAT } from './values';

/** Lines as the kernels take them: [lines, points, features]. */
export interface Lines extends LineShape {
  readonly x: Float32Array;
}

export interface Logits {
  /** [lines, frames, classes] */
  readonly logits: Float32Array;
  readonly frames: number;
  readonly classes: number;
}

/**
 * A network of lines in WebAssembly, with the threads that compute it. Its parameters stay where they are; all else is
 * laid out anew for lines of another shape, which takes a hundredth of the time of a step.
 */
export class LineMachine {
  private plan: LinePlan | undefined;
  private shape: LineShape = { lines: 0, points: 0 };

  private constructor(
    private readonly ground: LineGround,
    private readonly threads: Threads,
  ) {}

  /**
   * Starts the threads of a network.
   *
   * @param longest the most that it is going to be given
   * @throws NotInKernels where that takes more memory than there is; Error where threads are not to be had
   */
  static async start(chain: Chain, threads: number, longest: LineShape): Promise<LineMachine> {
    const ground = groundFor(chain, threads);
    if (planLines(ground, longest).arena.bytes > MOST_BYTES)
      throw new NotInKernels('it takes more memory than they have');
    return new LineMachine(ground, await Threads.start(ground.bytes, ground.control, threads));
  }

  get parameters(): readonly Parameter[] {
    return this.ground.all;
  }

  /** Bytes of memory that it has. */
  get bytes(): number {
    return this.threads.bytes;
  }

  /** @param seed of the values that are dropped; undefined to judge with the statistics that were learned */
  forward({ x, lines, points }: Lines, seed: number | undefined): Logits {
    const { forward, judge, input, logits } = this.planFor({ lines, points });
    input.put(this.threads.floats, x, lines);
    const told =
      seed === undefined ? { training: 0, programs: judge } : { training: 1, programs: forward, seed };
    this.threads.run({ ...told, size: lines });
    const { floats } = this.threads;
    const { width, lanes } = logits.geometry;
    const { classes } = this.ground.chain;
    const all = new Float32Array(lines * width * classes);
    for (let line = 0, to = 0; line < lines; line++) {
      for (let frame = 0, from = logits.rowAt(line, 0); frame < width; frame++, from += lanes, to += classes)
        all.set(floats.subarray(from, from + classes), to);
    }
    return { logits: all, frames: width, classes };
  }

  /**
   * Finds the gradients of what learns, for the lines of the last `forward` with a seed.
   *
   * @param slopes the loss's gradient by the logits
   * @param share what that is multiplied with
   */
  backward(slopes: Float32Array, share: number): void {
    if (!this.plan) throw new Error('The kernels have no lines to learn from.');
    const { backward, logitsGradient } = this.plan;
    const { lines } = this.shape;
    const { floats } = this.threads;
    const { width, lanes } = logitsGradient.geometry;
    const { classes } = this.ground.chain;
    for (let line = 0, from = 0; line < lines; line++) {
      const first = logitsGradient.rowAt(line, 0);
      floats.fill(0, first, first + width * lanes);
      for (let frame = 0; frame < width; frame++)
        for (let i = 0, to = first + frame * lanes; i < classes; i++)
          floats[to++] = share * (slopes[from++] as number);
    }
    this.threads.run({ programs: backward, size: lines });
  }

  /** A parameter's numbers where the kernels have them. */
  valuesOf({ values, count }: Parameter): Float32Array {
    return this.threads.floats.subarray(values / FLOAT, values / FLOAT + count);
  }

  /** The gradient that the last `backward` found, in the kernels' order. */
  gradientOf(parameter: Parameter): Float32Array {
    const at = (this.plan?.gradients.get(parameter) ?? 0) / FLOAT;
    return this.threads.floats.subarray(at, at + parameter.count);
  }

  /** Writes a parameter in the order of TensorFlow.js. */
  bring(parameter: Parameter, numbers: ArrayLike<number>): void {
    bring(this.threads.floats, parameter.values, parameter, numbers);
  }

  /** A parameter in the order of TensorFlow.js. */
  fetch(parameter: Parameter): Float32Array {
    return fetched(this.threads.floats, parameter.values, parameter);
  }

  private planFor(shape: LineShape): LinePlan {
    const { lines, points } = this.shape;
    if (this.plan && shape.lines === lines && shape.points === points) return this.plan;
    const plan = planLines(this.ground, shape);
    this.threads.growTo(plan.arena.bytes);
    const { words, floats } = this.threads;
    plan.arena.fill(words);
    for (const values of plan.values) values.clearAround(floats);
    this.plan = plan;
    this.shape = shape;
    return plan;
  }

  dispose(): Promise<void> {
    return this.threads.dispose();
  }
}
