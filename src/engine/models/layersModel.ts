import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { scalePictures } from '../../ink/scalePicture';
import type { Card } from '../../models/card';
import { ModelError } from '../../models/errors';
import { readLayersFolder, type StoredLayers } from '../../models/layersFolder';
import { readModelFolder, writeModelFolder, type LayersCard } from '../../models/modelFolder';
import { embeddingLayers } from './embeddingLayers';
import { checkWork } from './foreignLayers';
import type { Embeddings, LoadedModel, PictureBatch } from './loadedModel';
import { unsmoothed } from './unsmooth';

/** A model of one network. */
export class NetworkModel implements LoadedModel {
  /** The layers but the last; their weights are those of `layers`, which alone are disposed. */
  private beginning: LayersModel | undefined;

  constructor(
    readonly card: Card,
    readonly layers: LayersModel,
  ) {}

  async probabilities(batch: PictureBatch): Promise<Float32Array> {
    const { width, values } = await this.outputs(this.layers, batch);
    const { calibration } = this.card;
    return calibration ? unsmoothed(values, width, calibration.smoothing) : values;
  }

  embeddings(batch: PictureBatch): Promise<Embeddings> {
    this.beginning ??= embeddingLayers(this.layers);
    return this.outputs(this.beginning, batch);
  }

  /** What layers that take the network's input make of every picture. */
  async outputs(layers: LayersModel, { pixels, count, ...size }: PictureBatch): Promise<Embeddings> {
    const [, height = 0, width = 0, channels = 1] = this.layers.inputs[0]?.shape as number[];
    const pictures = scalePictures(pixels, count, size, { height, width });
    const output = tf.tidy(() => {
      const x = tf.tensor(
        Float32Array.from(pictures, (gray) => gray / 255),
        [count, height, width, 1],
      );
      return layers.apply(channels === 1 ? x : tf.tile(x, [1, 1, 1, channels])) as tf.Tensor;
    });
    try {
      return { width: output.size / count, values: Float32Array.from(await output.data()) };
    } finally {
      output.dispose();
    }
  }

  dispose(): void {
    this.layers.dispose();
  }
}

/**
 * Loads the folder of a model of one network.
 *
 * @throws ModelError where it is not whole, or its network has another number of outputs than the card has classes
 */
export async function loadNetworkModel(folder: string): Promise<NetworkModel> {
  const stored = await readModelFolder(folder);
  const layers = await layersOf(stored, folder);
  checkWork(layers, folder);
  if (layers.outputShape[1] !== stored.card.classes.length) {
    throw new ModelError(
      `The model in ${folder} gives another number of classes than its card: import it again.`,
    );
  }
  return new NetworkModel(stored.card, layers);
}

/**
 * Loads the layers of a model's folder, whatever it reads.
 *
 * @throws ModelError where they are not whole, or none of TensorFlow.js
 */
export async function loadLayers(folder: string): Promise<LayersModel> {
  return layersOf(await readLayersFolder(folder), folder);
}

function layersOf(stored: StoredLayers, folder: string): Promise<LayersModel> {
  return makeLayers(stored).catch((cause: unknown) => {
    throw new ModelError(`The model in ${folder} is not a TensorFlow.js layers model: import it again.`, {
      cause,
    });
  });
}

/** Makes the layers of a stored model, with its weights. */
export function makeLayers({ modelTopology, weightSpecs, weightData }: StoredLayers): Promise<LayersModel> {
  const artifacts = {
    modelTopology,
    weightSpecs: weightSpecs as unknown as tf.io.WeightsManifestEntry[],
    weightData,
  };
  return loadLayersModel({ load: () => Promise.resolve(artifacts) });
}

/** Writes a model folder from a model in memory. */
export async function saveModel(
  folder: string,
  { card, layers }: { card: LayersCard; layers: LayersModel },
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
