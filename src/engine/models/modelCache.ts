import { startWasm } from '../backends/wasm/wasmBackend';
import { loadModel, type LoadedModel } from './layersModel';

/** Keeps the last model that was asked for in memory, and frees the one before it. */
export class ModelCache {
  private folder: string | undefined;
  private model: Promise<LoadedModel> | undefined;

  /** @throws ModelError where there is no whole model in the folder; the next call tries again */
  async get(folder: string): Promise<LoadedModel> {
    if (this.folder !== folder || !this.model) {
      const previous = this.model;
      this.folder = folder;
      this.model = startWasm().then(() => loadModel(folder));
      this.model.catch(() => {
        if (this.folder === folder) this.model = undefined;
      });
      previous?.then(({ layers }) => layers.dispose()).catch(() => undefined);
    }
    return this.model;
  }
}
