import type { BackendChoice } from '../base/backendChoice';
import { startBackend } from '../engine/backends/startBackend';
import type { Models } from '../engine/evaluation/storedEvaluation';
import { loadModel } from '../engine/models/loadModel';

/** Loads models; what computes is started only where there is something to compute. */
export function usingBackend(backend: BackendChoice, home: string): Models {
  const use: Models['use'] = async (folder, work) => {
    await startBackend(backend, home);
    const model = await loadModel(folder);
    try {
      return await work(model);
    } finally {
      model.dispose();
    }
  };
  return { backend, use };
}
