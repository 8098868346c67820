import type { BackendChoice } from '../base/backendChoice';
import { startBackend } from '../engine/backends/startBackend';
import type { Models } from '../engine/evaluation/storedEvaluation';
import { loadModel } from '../engine/models/loadModel';
import { loadLineModel, type LineModel } from '../engine/recognition/lineModel';

/** Where work gets models of a kind from. */
interface Loading<M> {
  readonly backend: BackendChoice;
  use<T>(folder: string, work: (model: M) => Promise<T>): Promise<T>;
}

/** Loads models; what computes is started only where there is something to compute. */
export function usingBackend(backend: BackendChoice, home: string): Models {
  return loading(backend, home, loadModel);
}

/** As `usingBackend`, of models of lines. */
export function linesUsingBackend(backend: BackendChoice, home: string): Loading<LineModel> {
  return loading(backend, home, loadLineModel);
}

function loading<M extends { dispose(): void }>(
  backend: BackendChoice,
  home: string,
  load: (folder: string) => Promise<M>,
): Loading<M> {
  const use: Loading<M>['use'] = async (folder, work) => {
    await startBackend(backend, home);
    const model = await load(folder);
    try {
      return await work(model);
    } finally {
      model.dispose();
    }
  };
  return { backend, use };
}
