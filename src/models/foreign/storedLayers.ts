import type { StoredLayers } from '../layersFolder';
import type { Weight } from '../weights';

/**
 * Layers and their weights in the form that `tf.loadLayersModel` takes.
 *
 * @param model its class and configuration, in Keras' words
 * @param keras the version whose words they are
 */
export function storedLayers(model: object, keras: string, weights: readonly Weight[]): StoredLayers {
  const data = new Float32Array(weights.reduce((sum, { values }) => sum + values.length, 0));
  let offset = 0;
  for (const { values } of weights) {
    data.set(values, offset);
    offset += values.length;
  }
  return {
    modelTopology: { keras_version: keras, model_config: model },
    weightSpecs: weights.map(({ name, shape }) => ({ name, shape: [...shape], dtype: 'float32' })),
    weightData: data.buffer,
  };
}
