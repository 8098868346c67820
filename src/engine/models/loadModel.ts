import path from 'node:path';
import { readEnsembleFile } from '../../models/ensembleFile';
import { readCard } from '../../models/modelFolder';
import { EnsembleModel } from './ensembleModel';
import { loadNetworkModel } from './layersModel';
import type { LoadedModel } from './loadedModel';

/**
 * Loads a model folder, of one network or of an ensemble.
 *
 * @throws ModelError where it is not whole, or what lies in it does not fit its card
 */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const ensemble = await readEnsembleFile(folder);
  if (!ensemble) return loadNetworkModel(folder);
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
