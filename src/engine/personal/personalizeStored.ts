import { openDataset } from '../../datasets/open';
import { ModelError } from '../../models/errors';
import { readEnsembleFile } from '../../models/ensembleFile';
import { copyInk } from '../../models/inkCard';
import { checkModelName } from '../../models/modelName';
import { ModelStore } from '../../models/modelStore';
import type * as calls from '../../protocol/engine/personal';
import type { Params, Result } from '../../protocol/rpc';
import { startWasm } from '../backends/wasm/wasmBackend';
import { loadNetworkModel, saveModel } from '../models/layersModel';
import { personalize, type PersonalizeEvents } from './personalize';
import { loadReplay } from './replaySet';

/** Of the choice of samples and of the steps: the same samples give the same model. */
const SEED = 1;

/**
 * Personalizes a model of a folder and adds the result to the store.
 *
 * @param shipped folder of the replay set that ships with Scrawl
 * @throws ModelError, DatasetError that say what to do; the signal's reason when it is aborted
 */
export async function personalizeStored(
  params: Params<typeof calls.personalize>,
  shipped: string,
  events: PersonalizeEvents = {},
): Promise<Result<typeof calls.personalize>> {
  const { home, bundled, name } = params;
  checkModelName(name);
  if (await readEnsembleFile(params.model)) {
    throw new ModelError('An ensemble cannot be personalized: choose one of the models that it is made of.');
  }
  await startWasm();
  events.onProgress?.('reading', 0);
  const person = await openDataset(params.samples, home);
  const base = await loadNetworkModel(params.model);
  const replay = await loadReplay(base.card, home, shipped, SEED);
  let layers = base.layers;
  try {
    const { model, report } = await personalize({ base, person, replay, seed: SEED }, events);
    layers = model.layers;
    const stored = await new ModelStore(home, bundled).add(name, async (folder, free) => {
      await saveModel(folder, { card: { ...model.card, name: free }, layers });
      await copyInk(params.model, folder);
    });
    return { ...report, model: stored.id, name: stored.name };
  } finally {
    layers.dispose();
  }
}
