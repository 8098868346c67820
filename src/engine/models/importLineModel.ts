import { ModelError } from '../../models/errors';
import { readLayersFolder } from '../../models/layersFolder';
import type { ModelStore, WholeLineModel } from '../../models/modelStore';
import type { Ink } from '../../ink/ink';
import { loadLineModel } from '../recognition/lineModel';
import { checkWeightsFirst } from './dryBuild';
import { checkKinds } from './foreignLayers';
import { saveModel } from './layersModel';

/** What it must give an answer for. */
const STROKE: Ink = [Array.from({ length: 40 }, (_, i) => [i, 10 * Math.sin(i / 4)] as const)];

/**
 * Takes a model of lines that Scrawl exported into the store, once it has read something.
 *
 * @param folder with its card
 * @throws ModelError that says what is wrong with the model
 */
export async function importLineModel(
  store: ModelStore,
  folder: string,
  name: string,
): Promise<WholeLineModel> {
  const stored = await readLayersFolder(folder);
  checkKinds(stored.modelTopology, folder);
  await checkWeightsFirst(stored, folder);
  const model = await loadLineModel(folder);
  try {
    const { logProbabilities, frames, classes } = await model.logProbabilities(STROKE);
    if (logProbabilities.length !== frames * classes || !logProbabilities.every(Number.isFinite)) {
      throw new ModelError(`The model in ${folder} gives no probabilities: export it again.`);
    }
    return await store.addLines(name, (target, free) =>
      saveModel(target, { card: { ...model.card, name: free }, layers: model.layers }),
    );
  } finally {
    model.dispose();
  }
}
