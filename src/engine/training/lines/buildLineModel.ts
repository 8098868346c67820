import * as tf from '@tensorflow/tfjs-layers';
import type { LineLayer, LineNetwork, PlainLineLayer } from '../../../networks/lineNetwork';
import { fuseBatchNorm } from './fusedBatchNorm';
import { useNativeRelu } from './nativeRelu';

/** Far enough apart that layers of one network draw different weights. */
const SEED_STEP = 7919;

/**
 * Makes a network that reads lines: its layers and, behind them, one number a class and frame, the logits of CTC. Layers
 * are named by their type and place: `residual_7_conv1d_1`.
 *
 * @param classes the last one is the blank
 */
export function buildLineModel(
  { input, layers }: LineNetwork,
  classes: number,
  seed: number,
): tf.LayersModel {
  const points = tf.input({ shape: [...input], name: 'points' });
  const last = new Builder(seed).chain(points, layers, '');
  const output = tf.layers.conv1d({
    name: 'output',
    filters: classes,
    kernelSize: 1,
    kernelInitializer: tf.initializers.glorotUniform({ seed }),
  });
  return tf.model({ inputs: points, outputs: output.apply(last) as tf.SymbolicTensor, name: 'line' });
}

class Builder {
  private made = 0;

  constructor(private readonly seed: number) {}

  /** @param prefix of the layers' names */
  chain(input: tf.SymbolicTensor, layers: readonly LineLayer[], prefix: string): tf.SymbolicTensor {
    return layers.reduce((tensor, layer, index) => {
      const name = `${prefix}${layer.type}_${index + 1}`;
      if (layer.type !== 'residual') return this.make(layer, name).apply(tensor) as tf.SymbolicTensor;
      const branch = this.chain(tensor, layer.layers, `${name}_`);
      return tf.layers.add({ name }).apply([tensor, branch]) as tf.SymbolicTensor;
    }, input);
  }

  /** A layer's type is the name of its factory in TensorFlow.js, its parameters are the factory's. */
  private make({ type, ...parameters }: PlainLineLayer, name: string): tf.layers.Layer {
    const seed = this.seed + SEED_STEP * ++this.made;
    const kernel = type === 'conv1d' && { kernelInitializer: tf.initializers.heNormal({ seed }) };
    const make = tf.layers[type] as unknown as (parameters: object) => tf.layers.Layer;
    const layer = make({ name, ...parameters, ...kernel });
    if (type === 'batchNormalization') fuseBatchNorm(layer);
    if ('activation' in parameters && type === 'activation' && parameters.activation === 'relu')
      useNativeRelu(layer);
    return layer;
  }
}
