import { ModelStore } from '../../models/modelStore';
import {
  advanceSweep,
  endTraining,
  previewAugmentation,
  restSweep,
  testRates,
  train,
} from '../../protocol/engine/training';
import type { Params, Result } from '../../protocol/rpc';
import { runFileSchema } from '../../runs/run';
import { type Handler, type Meanwhile, on } from '../../protocol/serve';
import { backendNamed } from '../backends/backendNamed';
import { AugmentPreview } from './augmentPreview';
import { RunControl } from './runControl';
import * as sweeps from './runSweep';
import { testRates as tryRates } from './testRates';
import { trainRun } from './trainRun';

/** A run that trains in this process. */
interface Running {
  readonly control: RunControl;
  readonly done: Promise<unknown>;
}

/** A sweep that is gone on with in this process. */
interface RunningSweep {
  readonly resting: AbortController;
  readonly done: Promise<unknown>;
}

/** What trains runs. */
export class Training {
  private readonly running = new Map<string, Running>();
  private readonly sweeps = new Map<string, RunningSweep>();
  private readonly preview = new AugmentPreview();

  readonly handlers: readonly Handler[] = [
    on(train, (params, meanwhile) => this.train(params, meanwhile)),
    on(endTraining, ({ run, how }) => {
      // one that does not train is left as it is
      this.running.get(run)?.control.end(how);
      return null;
    }),
    on(advanceSweep, (params, meanwhile) => this.advance(params, meanwhile)),
    on(restSweep, ({ sweep }) => {
      this.sweeps.get(sweep)?.resting.abort();
      return null;
    }),
    on(testRates, (params, { signal }) => this.testRates(params, signal)),
    on(previewAugmentation, (params) => this.preview.show(params)),
  ];

  /** @param bundledModel folder of the model that ships with Scrawl */
  constructor(private readonly bundledModel: string) {}

  /** Ends all runs after their step with a checkpoint, because nobody is left to train them for. */
  async leave(): Promise<void> {
    const running = [...this.running.values()];
    const sweeps = [...this.sweeps.values()];
    for (const { control } of running) control.leave();
    for (const { resting } of sweeps) resting.abort();
    await Promise.allSettled([...running, ...sweeps].map(({ done }) => done));
  }

  private async testRates(
    { run, home }: Params<typeof testRates>,
    signal: AbortSignal,
  ): Promise<Result<typeof testRates>> {
    const models = new ModelStore(home, this.bundledModel);
    const { points, suggestion } = await tryRates({ run: runFileSchema.parse(run), home, models, signal });
    const curve = points.filter(({ smoothed }) => Number.isFinite(smoothed));
    return {
      points: curve.map(({ rate, smoothed }) => ({ rate, loss: smoothed })),
      ...(suggestion !== undefined && { suggestion }),
    };
  }

  /** @throws what ends the run; it can be gone on with */
  private async train(
    { run, home, backend }: Params<typeof train>,
    { signal, progress }: Meanwhile<typeof train>,
  ): Promise<Result<typeof train>> {
    const control = new RunControl();
    const abort = () => control.abort(signal.reason as Error);
    signal.addEventListener('abort', abort);
    const done = trainRun({
      folder: run,
      home,
      models: new ModelStore(home, this.bundledModel),
      control,
      backend: backendNamed(backend),
      onProgress: (report) => progress({ progress: report }),
      onEpoch: (epoch) => progress({ epoch }),
      // the host writes it to its log
      threads: { onTrouble: (sentence) => console.warn(sentence) },
    });
    this.running.set(run, { control, done });
    try {
      return await done;
    } finally {
      this.running.delete(run);
      signal.removeEventListener('abort', abort);
    }
  }

  /** @throws what ends the sweep; it can be gone on with */
  private async advance(
    { sweep, home, backend }: Params<typeof advanceSweep>,
    { signal, progress }: Meanwhile<typeof advanceSweep>,
  ): Promise<Result<typeof advanceSweep>> {
    const resting = new AbortController();
    const rest = AbortSignal.any([resting.signal, signal]);
    const done = sweeps.advanceSweep({
      folder: sweep,
      home,
      models: new ModelStore(home, this.bundledModel),
      rest,
      onTrial: (trial) => progress({ trial }),
      training: {
        backend: backendNamed(backend),
        onProgress: (report) => progress({ progress: report }),
        onEpoch: (epoch) => progress({ epoch }),
        threads: { onTrouble: (sentence) => console.warn(sentence) },
      },
    });
    this.sweeps.set(sweep, { resting, done });
    try {
      return (await done).outcome;
    } finally {
      this.sweeps.delete(sweep);
    }
  }
}
