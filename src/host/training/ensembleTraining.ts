import type { EngineLog } from '../engine/engineProcess';
import type { EndedRun, TrainingRuns } from './trainingRuns';

/** Trains the members of ensembles one after the other: each ended run says which one waits. */
export class EnsembleTraining {
  private readonly subscription: { dispose(): void };

  constructor(runs: TrainingRuns, log: EngineLog) {
    const goOn = async ({ end }: EndedRun) => {
      if ((end.how === 'finished' || end.how === 'stopped') && end.result.next !== undefined)
        await runs.resume(end.result.next, undefined, true);
    };
    this.subscription = runs.onEnd((ended) => {
      goOn(ended).catch((error: unknown) => log.error(`the member after ${ended.name}: ${String(error)}`));
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }
}
