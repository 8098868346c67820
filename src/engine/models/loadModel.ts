import path from 'node:path';
import { readEnsembleFile } from '../../models/ensembleFile';
import { inkFolderOf } from '../../models/inkCard';
import { readCard } from '../../models/modelFolder';
import { EnsembleModel } from './ensembleModel';
import { InkAidedModel } from './inkAidedModel';
import { loadInkNetwork } from './inkNetwork';
import { loadNetworkModel } from './layersModel';
import type { LoadedModel } from './loadedModel';
import { TurnedModel } from './turnedModel';

/**
 * Loads a model folder: of one network, with one of points beside it or not, or of an ensemble.
 *
 * @throws ModelError where it is not whole, or what lies in it does not fit its card
 */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const ensemble = await readEnsembleFile(folder);
  if (!ensemble) return loadSingleModel(folder);
  const card = await readCard(folder);
  const members: LoadedModel[] = [];
  try {
    for (const member of ensemble.members) members.push(await loadNetworkModel(path.join(folder, member)));
    return new EnsembleModel(card, members, ensemble.combine);
  } catch (error) {
    for (const member of members) member.dispose();
    throw error;
  }
}

async function loadSingleModel(folder: string): Promise<LoadedModel> {
  const network = await loadNetworkModel(folder);
  const { turned } = network.card;
  const pictures = turned === undefined ? network : new TurnedModel(network, turned);
  try {
    const inkFolder = await inkFolderOf(folder);
    if (inkFolder === undefined) return pictures;
    return new InkAidedModel(pictures, await loadInkNetwork(inkFolder, turned));
  } catch (error) {
    pictures.dispose();
    throw error;
  }
}
