import type { Models } from '../../../src/engine/evaluation/storedEvaluation';
import { loadModel } from '../../../src/engine/models/loadModel';

/** Models that are loaded for a piece of work and freed after it. */
export const LOADING: Models = {
  backend: 'auto',
  async use(folder, work) {
    const model = await loadModel(folder);
    try {
      return await work(model);
    } finally {
      model.dispose();
    }
  },
};
