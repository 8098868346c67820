import * as tf from '@tensorflow/tfjs-core';
import {
  model,
  type layers as tfLayers,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { ModelError } from '../../models/errors';

type Layer = tfLayers.Layer;

/** Layers that may stand behind the frozen ones: all that compute on one list of numbers a picture. */
const DENSE = new Set(['Dense', 'Dropout', 'Activation']);
/** Numbers a picture that are worth keeping in memory; wider ones leave more layers frozen. */
const MOST_WIDTH = 4096;
/** Rows that are computed at once. */
const BATCH = 512;

/** Numbers of one length, one list a sample. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** The dense layers at the end of a network, which alone learn when it is personalized. */
export class DenseEnd {
  private readonly ends: Layer[];
  /** What gradient descent changes. */
  readonly variables: tf.Variable[];

  /** @throws ModelError where the network does not end in a dense layer */
  constructor(private readonly network: LayersModel) {
    this.ends = endOf(network.layers);
    if (this.ends.at(-1)?.getClassName() !== 'Dense') {
      throw new ModelError(
        'The last layer of the model is not a dense one: personalize the bundled model or one of your own instead.',
      );
    }
    this.variables = this.ends.flatMap(({ trainableWeights }) =>
      trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val),
    );
  }

  /** The network before the dense end; its weights are the network's own. */
  beginning(): LayersModel {
    return model({ inputs: this.network.inputs, outputs: this.ends[0]?.input as SymbolicTensor });
  }

  /** Applies the layers to a batch of what the beginning gives. */
  apply(rows: tf.Tensor, training = false, seed = 1): tf.Tensor2D {
    return this.ends.reduce((x, layer, index) => {
      // a seed of its own for each step, or the same units would be dropped in all of them
      if (layer.getClassName() === 'Dropout') (layer as unknown as { seed: number }).seed = seed + index;
      return layer.apply(x, { training }) as tf.Tensor;
    }, rows) as tf.Tensor2D;
  }

  /** Probabilities of the classes, [count, classes]. */
  async probabilities(rows: Rows): Promise<Rows> {
    return inBatches(rows, (x) => this.apply(x));
  }

  /** What the last layer takes, [count, width]. */
  async embeddings(rows: Rows): Promise<Rows> {
    const inner = this.ends.slice(0, -1);
    return inBatches(rows, (x) => inner.reduce((y, layer) => layer.apply(y) as tf.Tensor, x));
  }

  /** The weights, in an order of their own. */
  async read(): Promise<Float32Array[]> {
    return Promise.all(this.variables.map(async (variable) => Float32Array.from(await variable.data())));
  }

  write(values: readonly Float32Array[]): void {
    tf.tidy(() => {
      this.variables.forEach((variable, index) => {
        variable.assign(tf.tensor(values[index] ?? new Float32Array(), variable.shape));
      });
    });
  }
}

async function inBatches(
  { values, width, count }: Rows,
  compute: (x: tf.Tensor) => tf.Tensor,
): Promise<Rows> {
  const parts: Float32Array[] = [];
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from);
    const part = values.subarray(from * width, (from + size) * width);
    const output = tf.tidy(() => compute(tf.tensor2d(part, [size, width])));
    parts.push(Float32Array.from(await output.data()));
    output.dispose();
  }
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return { count, width: count === 0 ? 0 : all.length / count, values: all };
}

/** The layers from the end on that stand one behind the other and are narrow enough. */
function endOf(layers: readonly Layer[]): Layer[] {
  let first = layers.length;
  while (first > 0) {
    const layer = layers[first - 1];
    const shape = (layer?.input as SymbolicTensor | undefined)?.shape ?? [];
    const follows = first === layers.length || layers[first]?.input === layer?.output;
    if (!layer || !follows || !DENSE.has(layer.getClassName())) break;
    if (shape.length !== 2 || (shape[1] ?? Infinity) > MOST_WIDTH) break;
    first--;
  }
  return layers.slice(first);
}
