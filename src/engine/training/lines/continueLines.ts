import * as core from '@tensorflow/tfjs-core';
import type { layers as kinds, LayersModel } from '@tensorflow/tfjs-layers';
import { smallestOf } from '../../../base/vectors';
import type { LineModel } from '../../recognition/lineModel';
import { freeze, takeOver } from '../fineTune';
import { buildLineModel } from './buildLineModel';

/**
 * The network of a model of lines with its weights, ready to learn on; the model stays as it is. What it knows of
 * characters that stay is taken over by their names; a new one is at first as rare as the rarest of them.
 *
 * @param characters to tell apart
 * @param frozen names of layers that do not learn
 * @param seed of what is new
 * @throws ModelError where the model has no layer of such a name
 */
export async function continueLinesFrom(
  { card, layers }: LineModel,
  characters: readonly string[],
  frozen: readonly string[],
  seed: number,
): Promise<LayersModel> {
  const made = buildLineModel(card.network, characters.length + 1, seed);
  try {
    const output = made.layers.at(-1);
    for (const layer of made.layers) {
      if (layer !== output) layer.setWeights(layers.getLayer(layer.name).getWeights());
    }
    const blank = card.classes.length;
    const places = [...characters.map((each) => card.classes.indexOf(each)), blank];
    if (output) await takeOverOutput(output, layers.getLayer(output.name), places, blank + 1);
    for (const name of frozen) freeze(made, name, card.name);
    return made;
  } catch (error) {
    made.dispose();
    throw error;
  }
}

async function takeOverOutput(
  output: kinds.Layer,
  before: kinds.Layer,
  places: readonly number[],
  known: number,
): Promise<void> {
  const values = async (layer: kinds.Layer) =>
    Promise.all(layer.getWeights().map(async (weight) => Float32Array.from(await weight.data())));
  const [kernel, bias] = await values(output);
  const [knownKernel, knownBias] = await values(before);
  bias?.fill(smallestOf(knownBias ?? []));
  takeOver(kernel, knownKernel, places, known);
  takeOver(bias, knownBias, places, known);
  const tensors = output
    .getWeights()
    .map((weight, at) => core.tensor([kernel, bias][at] ?? [], weight.shape));
  output.setWeights(tensors);
  core.dispose(tensors);
}
