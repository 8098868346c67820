import { elementsOf, type Weight } from '../../weights';
import type { LayerValue } from './node';
import { NumberBudget } from './numberBudget';

/** The layers that a graph was translated into so far, in Keras' words, with their weights. */
export class LayerStack {
  readonly layers: object[] = [];
  readonly weights: Weight[] = [];
  private readonly counts = new Map<string, number>();
  /** Of all layers: operators may take the same weights, and each layer has them for itself. */
  private readonly budget = new NumberBudget();

  /**
   * @returns the layer's name
   * @throws ModelError where there are more weights than any model's
   */
  add(
    kind: string,
    config: object,
    inputs: readonly LayerValue[],
    weights: Readonly<Record<string, Omit<Weight, 'name'>>> = {},
  ): string {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const name = `${kind.toLowerCase()}_${String(count)}`;
    const nodes = inputs.length === 0 ? [] : [inputs.map(({ layer }) => [layer, 0, 0, {}])];
    this.layers.push({ class_name: kind, name, config: { name, ...config }, inbound_nodes: nodes });
    for (const [weight, values] of Object.entries(weights)) {
      this.budget.take(values.values.length);
      this.weights.push({ name: `${name}/${weight}`, ...values });
    }
    return name;
  }

  /** A layer behind another one that keeps its shape. */
  behind(value: LayerValue, kind: string, config: object, more: Partial<LayerValue> = {}): LayerValue {
    const { shape, channelsLast } = value;
    return { layer: this.add(kind, config, [value]), shape, channelsLast, ...more };
  }

  /** `scale` times the numbers, and `offset`. */
  rescaled(value: LayerValue, scale: number, offset: number, more: Partial<LayerValue> = {}): LayerValue {
    return this.behind(value, 'Rescaling', { scale, offset, dtype: 'float32' }, more);
  }

  /** The same numbers in the order of `shape`. */
  inOrder(value: LayerValue): LayerValue {
    if (!value.channelsLast) return value;
    const [channels = 1, height = 1, width = 1] = value.shape;
    if (channels === 1 || height * width === 1)
      return this.reshaped({ ...value, channelsLast: false }, value.shape);
    return { ...value, channelsLast: false, layer: this.add('Permute', { dims: [3, 1, 2] }, [value]) };
  }

  /** The same picture with its channels last. */
  channelsLast(value: LayerValue): LayerValue {
    if (value.channelsLast || value.shape.length !== 3) return value;
    return { ...value, channelsLast: true, layer: this.add('Permute', { dims: [2, 3, 1] }, [value]) };
  }

  /** The same numbers in another shape, of as many. */
  reshaped(value: LayerValue, shape: readonly number[]): LayerValue {
    const { channelsLast, shape: old } = value;
    const [channels = 1, height = 1, width = 1] = old;
    const isOrdered = !channelsLast || channels === 1 || height * width === 1;
    const from = isOrdered ? value : this.inOrder(value);
    const layer =
      shape.length === 1
        ? this.add('Flatten', {}, [from])
        : this.add('Reshape', { target_shape: shape }, [from]);
    return { ...from, layer, shape, channelsLast: false };
  }

  /** As many numbers for each picture. */
  static size({ shape }: LayerValue): number {
    return elementsOf(shape);
  }
}
