import path from 'node:path';
import { openDataset } from '../../../datasets/open';
import { checkModelName } from '../../../models/modelName';
import { ModelStore } from '../../../models/modelStore';
import type * as calls from '../../../protocol/engine/personal';
import type { Params, Result } from '../../../protocol/rpc';
import { startWasm } from '../../backends/wasm/wasmBackend';
import { saveModel } from '../../models/layersModel';
import { loadLineModel } from '../../recognition/lineModel';
import type { PersonalizeEvents } from '../personalize';
import { loadLineReplay } from './lineReplay';
import { personalizeLines } from './personalizeLines';

/** Of the choice of lines and of the steps: the same lines give the same model. */
const SEED = 1;

/**
 * Personalizes a model of lines of a folder and adds the result to the store.
 *
 * @param shipped folder of the replay sets that ship with Scrawl
 * @throws ModelError, DatasetError that say what to do; the signal's reason when it is aborted
 */
export async function personalizeLinesStored(
  { home, bundled, name, model, samples }: Params<typeof calls.personalizeLines>,
  shipped: string,
  events: PersonalizeEvents = {},
): Promise<Result<typeof calls.personalizeLines>> {
  checkModelName(name);
  await startWasm();
  events.onProgress?.('reading', 0);
  const person = await openDataset(samples, home);
  const base = await loadLineModel(model);
  try {
    const replay = await loadLineReplay(base.card, home, path.join(shipped, 'lines'), SEED);
    const { model: made, report } = await personalizeLines({ base, person, replay, seed: SEED }, events);
    try {
      const stored = await new ModelStore(home, bundled).addLines(name, (folder, free) =>
        saveModel(folder, { card: { ...made.card, name: free }, layers: made.layers }),
      );
      return { ...report, model: stored.id, name: stored.name };
    } finally {
      made.dispose();
    }
  } finally {
    base.dispose();
  }
}
