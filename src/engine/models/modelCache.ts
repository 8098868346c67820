import type { BackendChoice } from '../../base/backendChoice';
import { modelStamp } from '../../evaluations/modelStamp';
import { BackendLostError } from '../backends/errors';
import type { DeviceLoss } from '../backends/deviceLoss';
import type { ModelBackend } from './modelBackend';

/** A model in memory, and how many use it now. */
interface Held<M> {
  readonly key: string;
  readonly model: Promise<M>;
  /** Of the device that it is on. */
  readonly loss: Promise<DeviceLoss>;
  users: number;
}

interface Disposable {
  dispose(): void;
}

/** Keeps the last model that was asked for in memory; the one before it is freed once nobody uses it. */
export class ModelCache<M extends Disposable> {
  private last: Held<M> | undefined;

  /** @param load loads what lies in a folder */
  constructor(
    private readonly computing: ModelBackend,
    private readonly load: (folder: string) => Promise<M>,
  ) {}

  get backend(): BackendChoice {
    return this.computing.choice;
  }

  /**
   * Works with the model of a folder, which stays in memory meanwhile.
   *
   * @throws ModelError where there is no whole model in the folder, BackendLostError where the device is lost; the next
   *   call tries again
   */
  async use<T>(folder: string, work: (model: M) => Promise<T>): Promise<T> {
    const held = this.hold(await modelStamp(folder), folder);
    held.users++;
    try {
      const [model, loss] = await Promise.all([held.model, held.loss]);
      return await loss.guard(() => work(model));
    } catch (error) {
      if (error instanceof BackendLostError && this.last === held) this.last = undefined;
      throw error;
    } finally {
      held.users--;
      this.freeUnused(held);
    }
  }

  private hold(key: string, folder: string): Held<M> {
    if (this.last?.key === key) return this.last;
    const previous = this.last;
    const started = this.computing.start();
    const held: Held<M> = {
      key,
      users: 0,
      model: started.then(() => this.load(folder)),
      loss: started.then(({ loss }) => loss),
    };
    held.model.catch(() => {
      if (this.last === held) this.last = undefined;
    });
    this.last = held;
    if (previous) this.freeUnused(previous);
    return held;
  }

  private freeUnused(held: Held<M>): void {
    if (held === this.last || held.users > 0) return;
    void held.model.then((model) => model.dispose()).catch(() => undefined);
  }
}
