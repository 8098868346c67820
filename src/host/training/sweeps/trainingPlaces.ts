import type { RunQueue, TrainingSlot } from '../../../runs/runQueue';
import { pause } from '../../../storage/pause';

/** Milliseconds between two looks for a place to train in. */
const LOOK_AGAIN = 2000;

/** The places in which this machine trains, as a sweep takes them: behind every run that waits. */
export class TrainingPlaces {
  constructor(
    private readonly queue: RunQueue,
    /** How many runs may train at once. */
    private readonly atOnce: () => number,
  ) {}

  /**
   * Waits for a place.
   *
   * @param isReady whether all else is there
   * @param onWait told once if it is not there at once
   * @throws the signal's reason when it is aborted
   */
  async take(
    isReady: () => Promise<boolean>,
    signal: AbortSignal,
    onWait: () => void,
  ): Promise<TrainingSlot> {
    for (let told = false; ; told = true) {
      signal.throwIfAborted();
      const slot = (await isReady()) && !(await this.areWanted()) && (await this.queue.slot(this.atOnce()));
      if (slot) return slot;
      if (!told) onWait();
      await pause(LOOK_AGAIN, signal);
    }
  }

  /** Whether a run waits for a place. */
  async areWanted(): Promise<boolean> {
    return (await this.queue.ids()).length > 0;
  }
}
