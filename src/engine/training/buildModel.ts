import * as tf from '@tensorflow/tfjs-layers';
import type { Layer, Network } from '../../networks/network';

/** Far enough apart that layers of one network, and networks of consecutive seeds, draw different weights. */
const SEED_STEP = 7919;

/**
 * Makes the network's layers and, behind them, one softmax unit a class, with weights drawn from the seed. Layers are
 * named by their type and place: `conv2d_1`.
 *
 * @throws Error from the layer whose input has a shape that it cannot take
 */
export function buildModel(network: Network, classes: number, seed: number): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.inputLayer({ inputShape: [...network.input] }));
  network.layers.forEach((layer, index) => {
    model.add(makeLayer(layer, `${layer.type}_${index + 1}`, seed + SEED_STEP * (index + 1)));
  });
  if (model.outputShape.length !== 2) model.add(tf.layers.flatten({ name: 'flatten' }));
  model.add(outputLayer(classes, seed));
  return model;
}

/** The layer that gives a probability for each class. */
export function outputLayer(classes: number, seed: number): tf.layers.Layer {
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  return tf.layers.dense({ name: 'output', units: classes, activation: 'softmax', kernelInitializer });
}

/** A layer's type is the name of its factory in TensorFlow.js, its parameters are the factory's. */
function makeLayer(layer: Layer, name: string, seed: number): tf.layers.Layer {
  const { type, ...parameters } = layer;
  const make = tf.layers[type] as unknown as (parameters: object) => tf.layers.Layer;
  return make({ name, ...parameters, ...initializers(layer, seed) });
}

/** He's initialization before a rectifier, Glorot's elsewhere, for the layers that have a kernel. */
function initializers(layer: Layer, seed: number): object {
  const kernel =
    'activation' in layer && layer.activation === 'relu'
      ? tf.initializers.heNormal({ seed })
      : tf.initializers.glorotUniform({ seed });
  switch (layer.type) {
    case 'conv2d':
    case 'dense':
      return { kernelInitializer: kernel };
    case 'depthwiseConv2d':
      return { depthwiseInitializer: kernel };
    case 'separableConv2d':
      return {
        depthwiseInitializer: kernel,
        pointwiseInitializer: tf.initializers.glorotUniform({ seed: seed + 1 }),
      };
    default:
      return {};
  }
}
