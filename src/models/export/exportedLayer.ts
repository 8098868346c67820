import { ModelError } from '../errors';
import type { Weight } from '../weights';

/** Sizes of what a layer gives for one picture: [height, width, channels] or [units]. */
export type Shape = readonly number[];
export type Pair = readonly [number, number];

/** A layer of a model that is exported, its configuration in Keras' words at hand. */
export class ExportedLayer {
  /**
   * @param format that it is exported to, as messages say it
   * @param from the shapes of what it takes
   */
  constructor(
    readonly name: string,
    readonly kind: string,
    readonly config: Readonly<Record<string, unknown>>,
    readonly inputs: readonly string[],
    readonly from: readonly Shape[],
    private readonly weights: ReadonlyMap<string, Weight>,
    private readonly format: string,
  ) {}

  /** The shape of the only thing that it takes. */
  get input(): Shape {
    return this.from[0] ?? [];
  }

  /** @throws ModelError where it takes no picture */
  get picture(): readonly [height: number, width: number, channels: number] {
    const [height, width, channels] = this.input;
    if (height !== undefined && width !== undefined && channels !== undefined)
      return [height, width, channels];
    throw this.problem('takes no picture', 'train or import it again');
  }

  /** @throws ModelError where the configuration has no such number */
  number(key: string): number {
    const value = this.config[key];
    if (typeof value === 'number') return value;
    throw this.problem(`has no ${key}`, 'train or import it again');
  }

  /** A number, or undefined where the configuration has none. */
  optional(key: string): number | undefined {
    const value = this.config[key];
    return typeof value === 'number' ? value : undefined;
  }

  numbers(key: string): number[] {
    const value = this.config[key];
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    if (list.every((each): each is number => typeof each === 'number')) return list;
    throw this.problem(`has no ${key}`, 'train or import it again');
  }

  pair(key: string): Pair {
    const [first = 1, second = first] = this.config[key] === undefined ? [] : this.numbers(key);
    return [first, second];
  }

  /** How much is added or taken off: above and below, left and right. */
  sides(key: string): readonly [Pair, Pair] {
    const value = this.config[key];
    const isNested = Array.isArray(value) && Array.isArray(value[0]);
    const [vertical, horizontal] = isNested
      ? (value as Pair[])
      : this.pair(key).map((each) => [each, each] as const);
    return [vertical ?? [0, 0], horizontal ?? [0, 0]];
  }

  text(key: string): string | undefined {
    const value = this.config[key];
    return typeof value === 'string' ? value : undefined;
  }

  /** What it does to its numbers at last, `linear` where nothing. */
  get activation(): string {
    return this.text('activation') ?? 'linear';
  }

  /** @throws ModelError where the model has no such weight */
  weight(name: string): Weight {
    const weight = this.weights.get(name);
    if (weight) return weight;
    throw this.problem(`has no ${name}`, 'train or import the model again');
  }

  /** As `weight`; undefined where the layer learns none. */
  optionalWeight(name: string): Weight | undefined {
    return this.weights.get(name);
  }

  /** What cannot be, with the layer's name and what to do. */
  problem(what: string, advice: string): ModelError {
    return new ModelError(`The layer "${this.name}" (${this.kind}) ${what}: ${advice}.`);
  }

  /** Why the format cannot hold what the layer is. */
  unsupported(what = 'is'): ModelError {
    return this.problem(
      `${what} what Scrawl cannot write to ${this.format}`,
      'export the model as TensorFlow.js, or train one without this layer',
    );
  }
}
