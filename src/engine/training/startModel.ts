import { ModelError } from '../../models/errors';
import type { ModelStore } from '../../models/modelStore';
import { loadNetworkModel, type NetworkModel } from '../models/layersModel';
import { type LineModel, loadLineModel } from '../recognition/lineModel';

/**
 * The model that a run starts from.
 *
 * @throws ModelError where there is no such model, or it is an ensemble
 */
export async function loadBase(models: ModelStore, reference: string): Promise<NetworkModel> {
  const { kind, folder, name } = await models.get(reference);
  if (kind === 'ensemble')
    throw new ModelError(`"${name}" is an ensemble: go on from one of the models that it is made of.`);
  return loadNetworkModel(folder);
}

/**
 * The same of lines.
 *
 * @throws ModelError where there is no such model of lines
 */
export async function loadLineBase(models: ModelStore, reference: string): Promise<LineModel> {
  return loadLineModel((await models.getLines(reference)).folder);
}
