import * as tf from '@tensorflow/tfjs-layers';
import * as core from '@tensorflow/tfjs-core';
import { ModelError } from '../../models/errors';
import type { NetworkModel } from '../models/layersModel';
import { outputLayer } from './buildModel';

/**
 * The layers of a model, ready to learn other data. Where the classes differ, the last layer is made anew: what it knows
 * of classes that stay is taken over by their names.
 *
 * @param classes to tell apart
 * @param frozen names of layers that do not learn
 * @param seed of what is new
 * @throws ModelError where the model's last layer is no dense one, or it has no layer of such a name
 */
export async function continueFrom(
  { layers, card }: NetworkModel,
  classes: readonly string[],
  frozen: readonly string[],
  seed: number,
): Promise<tf.LayersModel> {
  const same = classes.length === card.classes.length && classes.every((name, i) => name === card.classes[i]);
  const model = same ? layers : await withClasses(layers, card.classes, classes, seed);
  for (const layer of model.layers) layer.trainable = true;
  for (const name of frozen) freeze(model, name, card.name);
  return model;
}

async function withClasses(
  layers: tf.LayersModel,
  before: readonly string[],
  classes: readonly string[],
  seed: number,
): Promise<tf.LayersModel> {
  const last = layers.layers.at(-1);
  const hidden = layers.layers.at(-2);
  if (last?.getClassName() !== 'Dense' || !hidden) {
    throw new ModelError(
      'The last layer of the model is not a dense one: train a model of your own instead.',
    );
  }
  const output = outputLayer(classes.length, seed);
  const outputs = output.apply(hidden.output) as tf.SymbolicTensor;
  const [kernel, bias] = await Promise.all(output.getWeights().map(arrayOf));
  const [knownKernel, knownBias] = await Promise.all(last.getWeights().map(arrayOf));
  const places = classes.map((name) => before.indexOf(name));
  takeOver(kernel, knownKernel, places, before.length);
  if (knownBias) takeOver(bias, knownBias, places, before.length);
  const weights = output.getWeights().map((weight, index) => {
    return core.tensor([kernel, bias][index] ?? new Float32Array(), weight.shape);
  });
  output.setWeights(weights);
  core.dispose(weights);
  last.dispose();
  return tf.model({ inputs: layers.inputs, outputs });
}

/**
 * Fills the columns of classes that were known before with what was known of them.
 *
 * @param places of each class among those known before; -1 where it is new
 * @param known how many those are
 */
export function takeOver(
  into: Float32Array | undefined,
  from: Float32Array | undefined,
  places: readonly number[],
  known: number,
): void {
  if (!into || !from) return;
  into.forEach((_, at) => {
    const place = places[at % places.length] ?? -1;
    const row = Math.floor(at / places.length);
    if (place >= 0) into[at] = from[row * known + place] ?? 0;
  });
}

async function arrayOf(tensor: core.Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data());
}

/**
 * Lets a layer keep what it has learned.
 *
 * @throws ModelError where the model has no layer of such a name
 */
export function freeze(model: tf.LayersModel, name: string, modelName: string): void {
  const layer = model.layers.find((each) => each.name === name);
  if (!layer) {
    const names = model.layers.filter(({ weights }) => weights.length > 0).map((each) => each.name);
    throw new ModelError(`"${modelName}" has no layer "${name}": choose of ${names.join(', ')}.`);
  }
  layer.trainable = false;
  keepStatistics(layer);
}

/** Lets a batch normalization go on with the means and variances that it has; other layers have none. */
export function keepStatistics(layer: tf.layers.Layer): void {
  if (layer.getClassName() !== 'BatchNormalization') return;
  // TensorFlow.js changes them whether or not the layer is trainable
  const call = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => call(inputs, { ...kwargs, training: false });
}
