import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LineLayer, LineNetwork } from '../../networks/lineNetwork';

/** What reading takes of a network: convolutions with what follows them folded in, and branches that are added. */
type Step =
  | {
      readonly type: 'convolution';
      /** [1, size, channels in, channels out] */
      readonly kernel: tf.Tensor4D;
      readonly bias: tf.Tensor1D;
      readonly stride: number;
      readonly padding: 'same' | 'valid';
      readonly relu: boolean;
    }
  | { readonly type: 'residual'; readonly steps: readonly Step[] }
  | { readonly type: 'relu' };
type Convolution = Extract<Step, { type: 'convolution' }>;

/**
 * A network of lines for reading: the normalization of batches is folded into the convolutions before it, and their
 * rectifiers are done with them, which leaves a third of the operations.
 */
export class FoldedNetwork {
  private constructor(private readonly steps: readonly Step[]) {}

  /** @returns undefined where the network has a layer that cannot be folded */
  static of(network: LineNetwork, layers: LayersModel): FoldedNetwork | undefined {
    const folder = new Folder(layers);
    const steps = folder.chain(network.layers, '');
    const output = folder.output();
    const folded = steps && new FoldedNetwork([...steps, output]);
    folder.disposeBut(folded?.steps ?? []);
    return folded;
  }

  /**
   * @param points [1, points, features]
   * @returns [1, frames, classes], the logits
   */
  apply(points: tf.Tensor3D): tf.Tensor3D {
    const [lines, count, features] = points.shape;
    const y = run(this.steps, tf.reshape(points, [lines, 1, count, features]));
    return tf.squeeze(y, [1]);
  }

  dispose(): void {
    tf.dispose(tensorsOf(this.steps));
  }
}

function run(steps: readonly Step[], input: tf.Tensor4D): tf.Tensor4D {
  return steps.reduce((x, step) => {
    if (step.type === 'relu') return tf.relu(x);
    if (step.type === 'residual') return tf.add(x, run(step.steps, x));
    const { kernel: filter, bias, stride, padding: pad, relu } = step;
    return tf.fused.conv2d({
      x,
      filter,
      strides: [1, stride],
      pad,
      bias,
      activation: relu ? 'relu' : 'linear',
    });
  }, input);
}

function tensorsOf(steps: readonly Step[]): tf.Tensor[] {
  return steps.flatMap((step) => {
    if (step.type === 'convolution') return [step.kernel, step.bias];
    return step.type === 'residual' ? tensorsOf(step.steps) : [];
  });
}

/** Makes steps of layers. */
class Folder {
  private readonly made: tf.Tensor[] = [];

  constructor(private readonly model: LayersModel) {}

  /** Frees what was made on the way. */
  disposeBut(steps: readonly Step[]): void {
    const used = new Set(tensorsOf(steps));
    tf.dispose(this.made.filter((tensor) => !used.has(tensor)));
  }

  /** The layer of the logits, which is in no network file. */
  output(): Step {
    return this.convolution('output', 1, 'same', false);
  }

  /** @param prefix of the layers' names */
  chain(layers: readonly LineLayer[], prefix: string): Step[] | undefined {
    const steps: Step[] = [];
    for (const [index, layer] of layers.entries()) {
      const name = `${prefix}${layer.type}_${index + 1}`;
      const last = steps.at(-1);
      if (layer.type === 'dropout') continue;
      if (layer.type === 'conv1d') {
        const { activation = 'linear', strides = 1, padding = 'valid' } = layer;
        if (activation !== 'linear' && activation !== 'relu') return undefined;
        steps.push(this.convolution(name, strides, padding, activation === 'relu'));
      } else if (layer.type === 'batchNormalization' && last?.type === 'convolution' && !last.relu) {
        steps[steps.length - 1] = this.normalized(last, name);
      } else if (layer.type === 'activation' && layer.activation === 'relu') {
        if (last?.type === 'convolution') steps[steps.length - 1] = { ...last, relu: true };
        else steps.push({ type: 'relu' });
      } else if (layer.type === 'residual') {
        const branch = this.chain(layer.layers, `${name}_`);
        if (!branch) return undefined;
        steps.push({ type: 'residual', steps: branch });
      } else {
        return undefined;
      }
    }
    return steps;
  }

  private convolution(name: string, stride: number, padding: 'same' | 'valid', relu: boolean): Convolution {
    const [weights, bias] = this.model.getLayer(name).getWeights() as [tf.Tensor3D, tf.Tensor1D | undefined];
    const kernel = this.keep(tf.expandDims<tf.Tensor4D>(weights, 0));
    return {
      type: 'convolution',
      kernel,
      bias: this.keep(bias ? tf.clone(bias) : tf.zeros<tf.Rank.R1>([kernel.shape[3]])),
      stride,
      padding,
      relu,
    };
  }

  /** A convolution whose result is normalized. */
  private normalized(convolution: Convolution, name: string): Convolution {
    const layer = this.model.getLayer(name);
    const [gamma, beta, mean, variance] = layer.getWeights() as [
      tf.Tensor1D,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.Tensor1D,
    ];
    const { epsilon } = layer.getConfig() as { epsilon: number };
    const [kernel, bias] = tf.tidy<[tf.Tensor4D, tf.Tensor1D]>(() => {
      const scale = tf.mul<tf.Tensor1D>(gamma, tf.rsqrt(tf.add(variance, epsilon)));
      return [
        tf.mul<tf.Tensor4D>(convolution.kernel, scale),
        tf.add<tf.Tensor1D>(beta, tf.mul(tf.sub(convolution.bias, mean), scale)),
      ];
    });
    return { ...convolution, kernel: this.keep(kernel), bias: this.keep(bias) };
  }

  private keep<T extends tf.Tensor>(tensor: T): T {
    this.made.push(tensor);
    return tf.keep(tensor);
  }
}
