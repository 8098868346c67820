import { modelStamp } from '../../models/modelStamp';
import { startWasm } from '../backends/wasm/wasmBackend';
import type { LoadedModel } from './loadedModel';
import { loadModel } from './loadModel';

/** A model in memory, and how many use it now. */
interface Held {
  readonly key: string;
  readonly model: Promise<LoadedModel>;
  users: number;
}

/** Keeps the last model that was asked for in memory; the one before it is freed once nobody uses it. */
export class ModelCache {
  private last: Held | undefined;

  /**
   * Works with the model of a folder, which stays in memory meanwhile.
   *
   * @throws ModelError where there is no whole model in the folder; the next call tries again
   */
  async use<T>(folder: string, work: (model: LoadedModel) => Promise<T>): Promise<T> {
    const held = this.hold(await modelStamp(folder), folder);
    held.users++;
    try {
      return await work(await held.model);
    } finally {
      held.users--;
      this.freeUnused(held);
    }
  }

  private hold(key: string, folder: string): Held {
    if (this.last?.key === key) return this.last;
    const previous = this.last;
    // wasm whatever the person trains on: a character takes it 2 ms, less than the way to a graphics processor and back
    const held: Held = { key, users: 0, model: startWasm().then(() => loadModel(folder)) };
    held.model.catch(() => {
      if (this.last === held) this.last = undefined;
    });
    this.last = held;
    if (previous) this.freeUnused(previous);
    return held;
  }

  private freeUnused(held: Held): void {
    if (held === this.last || held.users > 0) return;
    void held.model.then((model) => model.dispose()).catch(() => undefined);
  }
}
