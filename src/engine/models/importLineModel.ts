import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Ink } from '../../ink/ink';
import { ModelError } from '../../models/errors';
import { readLayersFolder } from '../../models/layersFolder';
import { readLineCard, type LineCard } from '../../models/lineCard';
import type { ModelStore, WholeLineModel } from '../../models/modelStore';
import { LineModel } from '../recognition/lineModel';
import { buildLineModel } from '../training/lines/buildLineModel';
import { checkWeightsFirst } from './dryBuild';
import { checkKinds } from './foreignLayers';
import { makeLayers, saveModel } from './layersModel';

/** What it must give an answer for. */
const STROKE: Ink = [Array.from({ length: 40 }, (_, i) => [i, 10 * Math.sin(i / 4)] as const)];

/**
 * Takes a model of lines that Scrawl exported into the store, once it has read something. Its layers are made anew from
 * the network of its card, for an export may have given them Keras' names, by which reading does not know them.
 *
 * @param folder with its card
 * @throws ModelError that says what is wrong with the model
 */
export async function importLineModel(
  store: ModelStore,
  folder: string,
  name: string,
): Promise<WholeLineModel> {
  const card = await readLineCard(folder);
  const model = new LineModel(card, await layersOf(card, folder));
  try {
    const { logProbabilities } = await model.logProbabilities(STROKE);
    if (!logProbabilities.every(Number.isFinite)) {
      throw new ModelError(`The model in ${folder} gives no probabilities: export it again.`);
    }
    return await store.addLines(name, (target, free) =>
      saveModel(target, { card: { ...card, name: free }, layers: model.layers }),
    );
  } finally {
    model.dispose();
  }
}

async function layersOf(card: LineCard, folder: string): Promise<LayersModel> {
  const stored = await readLayersFolder(folder);
  checkKinds(stored.modelTopology, folder);
  await checkWeightsFirst(stored, folder);
  const layers = buildLineModel(card.network, card.classes.length + 1, 1);
  try {
    const given = await makeLayers(stored);
    try {
      layers.setWeights(given.getWeights());
    } finally {
      given.dispose();
    }
    return layers;
  } catch (cause) {
    layers.dispose();
    throw new ModelError(`The weights in ${folder} are not those of its card's network: export it again.`, {
      cause,
    });
  }
}
