import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { attributes, isNative, runNative } from './nativeOperations';

/** What an activation of TensorFlow.js is made of, besides what its type says. */
interface Internals {
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor;
}

/**
 * Lets a rectifier differentiate by TensorFlow's own operation, instead of the five that TensorFlow.js makes of it.
 * Elsewhere than on TensorFlow's backend the layer stays as it is.
 */
export function useNativeRelu(layer: layers.Layer): void {
  const internals = layer as unknown as Internals;
  const usual = internals.call.bind(layer);
  internals.call = (inputs, kwargs) => {
    const [input] = Array.isArray(inputs) ? inputs : [inputs];
    return kwargs.training === true && isNative() && input ? relu(input) : usual(inputs, kwargs);
  };
}

const relu = tf.customGrad((x, save) => {
  const value = tf.relu(x as tf.Tensor);
  (save as tf.GradSaveFunc)([value]);
  return {
    value,
    gradFunc: (dy, saved) =>
      runNative('ReluGrad', [attributes.float32('T')], [dy, saved[0] as tf.Tensor], 1)[0] as tf.Tensor,
  };
});
