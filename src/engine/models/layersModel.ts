import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import type { Card } from '../../models/card';
import { ModelError } from '../../models/errors';
import { readModelFolder, writeModelFolder } from '../../models/modelFolder';

/** A model in memory, ready to compute. */
export interface LoadedModel {
  readonly card: Card;
  readonly layers: LayersModel;
}

/**
 * Loads a model folder.
 *
 * @throws ModelError where it is not whole, or its network has another number of outputs than the card has classes
 */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const stored = await readModelFolder(folder);
  const artifacts = {
    modelTopology: stored.modelTopology,
    weightSpecs: stored.weightSpecs as unknown as tf.io.WeightsManifestEntry[],
    weightData: stored.weightData,
  };
  const layers = await loadLayersModel({ load: () => Promise.resolve(artifacts) }).catch((cause: unknown) => {
    throw new ModelError(`The model in ${folder} is not a TensorFlow.js layers model: import it again.`, {
      cause,
    });
  });
  if (layers.outputShape[1] !== stored.card.classes.length) {
    throw new ModelError(
      `The model in ${folder} gives another number of classes than its card: import it again.`,
    );
  }
  return { card: stored.card, layers };
}

/** Writes a model folder from a model in memory. */
export async function saveModel(
  folder: string,
  { card, layers }: LoadedModel,
  precision: 'float32' | 'float16' = 'float32',
): Promise<void> {
  const weights = await Promise.all(
    layers.weights.map(async (weight) => {
      const tensor = weight.read();
      return {
        name: weight.originalName,
        shape: tensor.shape,
        values: Float32Array.from(await tensor.data()),
      };
    }),
  );
  // Keras' names for classes, which the other readers of the format know; with `false` it is an object, not text
  const topology = layers.toJSON(null, false) as object;
  await writeModelFolder(folder, { topology, weights, card }, precision);
}
