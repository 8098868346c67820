import type { BackendChoice } from '../../base/backendChoice';
import { openDataset } from '../../datasets/open';
import { RateRange } from '../../metrics/rateRange';
import type { ModelStore } from '../../models/modelStore';
import { isLineNetwork } from '../../networks/lineNetwork';
import type { RunFile } from '../../runs/run';
import type { RunSettings } from '../../runs/runSettings';
import { startBackend } from '../backends/startBackend';
import { Diverged, type TrainingEvents } from './epochLoop';
import { trainLineNetwork } from './lines/trainLineNetwork';
import { loadBase, loadLineBase } from './startModel';
import { trainNetwork } from './trainNetwork';

/** The rates that are tried, and in how many steps. */
const LOWEST = 1e-6;
const HIGHEST = 10;
const STEPS = 150;

export interface RateTest {
  readonly run: Pick<RunFile, 'name' | 'dataset' | 'network' | 'settings' | 'from'>;
  readonly home: string;
  /** Where a model that the run starts from is found. */
  readonly models: ModelStore;
  readonly backend?: BackendChoice | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Trains a short while as a run would, with a learning rate that grows exponentially until the loss diverges. Nothing is
 * left of it.
 *
 * @throws what a run would end with; the signal's reason when it is aborted
 */
export async function testRates({ run, home, models, backend, signal }: RateTest): Promise<RateRange> {
  const choice = backend ?? run.settings.backend;
  const { name, loss } = await startBackend(choice, home, signal);
  const dataset = await openDataset(run.dataset, home);
  const range = new RateRange();
  const settings = settingsOf(run.settings);
  const job = { dataset, backend: name, guard: <T>(work: () => Promise<T>) => loss.guard(work) };
  const { network, from } = run;
  try {
    const { model } = isLineNetwork(network)
      ? await trainLineNetwork(
          {
            ...job,
            run: { ...run, network, settings },
            base: from && (await loadLineBase(models, from.model)),
            kernels: choice === 'kernels',
          },
          eventsOf(range, signal),
        )
      : await trainNetwork(
          {
            ...job,
            run: { ...run, network, settings },
            base: from && (await loadBase(models, from.model)),
            kernels: choice === 'kernels',
          },
          eventsOf(range, signal),
        );
    model?.dispose();
  } catch (error) {
    // that is what was looked for
    if (!(error instanceof Diverged)) throw error;
  }
  return range;
}

/** A run's, as far as they concern a step. */
function settingsOf(settings: RunSettings): RunSettings {
  const { batchSize, limit } = settings;
  const most = STEPS * batchSize;
  return {
    ...settings,
    // of few samples each step may be an epoch
    epochs: STEPS + 1,
    limit: limit > 0 ? Math.min(limit, most) : most,
    ...{ validationSplit: 0, patience: 0, stopAtAccuracy: 0, stopAfterMinutes: 0 },
  };
}

function eventsOf(range: RateRange, signal: AbortSignal | undefined): TrainingEvents {
  let steps = 0;
  return {
    signal,
    learningRate: () => LOWEST * (HIGHEST / LOWEST) ** (steps / STEPS),
    onProgress: () => steps++,
    onStep: (learningRate, loss) => range.add(learningRate, loss),
    ending: () => (steps > STEPS || range.hasDiverged ? 'stop' : undefined),
  };
}
