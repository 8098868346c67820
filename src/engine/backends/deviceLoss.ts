import type { BackendName } from '../../runs/backendPackages';
import { BackendLostError } from './errors';

/** What the backends say when an allocation fails, each in its own words. */
const OUT_OF_MEMORY =
  /out of memory|OOM|RESOURCE_EXHAUSTED|failed to allocate|allocation failed|exceeds the max buffer size|Maximum memory size exceeded|memory access out of bounds/i;

/** Notices that a device is gone or has no memory left, and ends the work on it. */
export class DeviceLoss {
  private readonly abort = new AbortController();

  constructor(private readonly backend: BackendName) {}

  /** Aborts with a BackendLostError as its reason once the device is lost. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Notes that the device is lost; the first cause is kept. A backend calls it, and a test that takes a device away. */
  lose(cause: unknown): void {
    if (!this.signal.aborted) this.abort.abort(this.errorFor(cause));
  }

  /**
   * Does work on the device.
   *
   * @throws BackendLostError as soon as the device is lost, though the work may never end then, and where the work
   *   fails for want of memory
   */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    let stopWaiting: () => void = () => undefined;
    const lost = new Promise<never>((_resolve, reject) => {
      const onLost = () => reject(this.signal.reason as BackendLostError);
      this.signal.addEventListener('abort', onLost, { once: true });
      stopWaiting = () => this.signal.removeEventListener('abort', onLost);
    });
    try {
      return await Promise.race([work(), lost]);
    } catch (error) {
      if (isOutOfMemory(error)) throw this.errorFor(error);
      throw this.signal.aborted ? this.signal.reason : error;
    } finally {
      stopWaiting();
    }
  }

  private errorFor(cause: unknown): BackendLostError {
    if (cause instanceof BackendLostError) return cause;
    return new BackendLostError(this.backend, isOutOfMemory(cause) ? 'memory' : 'device', { cause });
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && OUT_OF_MEMORY.test(`${error.name} ${error.message}`);
}
