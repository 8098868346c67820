import { CancellationTokenSource } from 'vscode-jsonrpc';
import {
  endTrainingRequest,
  type TrainingEpoch,
  trainingEpochNotification,
  trainingEpochSchema,
  type TrainingProgress,
  trainingProgressNotification,
  trainingProgressSchema,
  type TrainParams,
  trainRequest,
  type TrainResult,
  trainResultSchema,
} from '../../protocol/training';
import { answered, type EngineLog, EngineProcess, explain } from '../engineProcess';
import type { Curve } from './curve';

/** Milliseconds that a cancelled run has to end by itself. */
const CANCEL_WITHIN = 2000;

/** How a run's training ended. */
export type RunEnd =
  | { readonly how: TrainResult['outcome']; readonly result: TrainResult }
  | { readonly how: 'cancelled' }
  /** With a sentence for the person. */
  | { readonly how: 'failed'; readonly message: string }
  /** Its engine is gone. */
  | { readonly how: 'died' };

export interface LiveRunOptions {
  readonly id: string;
  /** Of the model that comes of it. */
  readonly name: string;
  readonly epochs: number;
  readonly params: TrainParams;
  /** What it has learnt before; grows with it. */
  readonly curve: Curve;
  /** The engine's script. */
  readonly script: string;
  readonly log: EngineLog;
  readonly onProgress: (run: LiveRun, progress: TrainingProgress) => void;
  readonly onEpoch: (run: LiveRun, epoch: TrainingEpoch) => void;
}

/** A run that trains in this window, in an engine of its own: the pad's engine stays as quick as before. */
export class LiveRun {
  readonly ended: Promise<RunEnd>;
  /** The newest. */
  progress: TrainingProgress | undefined;

  private readonly engine: EngineProcess;
  private readonly cancelling = new CancellationTokenSource();

  constructor(private readonly options: LiveRunOptions) {
    const { script, log, params } = options;
    let died = () => {};
    const death = new Promise<RunEnd>((resolve) => (died = () => resolve(this.gone())));
    this.engine = new EngineProcess(script, log, () => died());
    this.engine.onNotification(trainingProgressNotification, (message) => this.progressed(message));
    this.engine.onNotification(trainingEpochNotification, (message) => this.passedEpoch(message));
    this.ended = Promise.race([this.train(params), death]).finally(() => {
      this.engine.end();
      // until it is gone it holds the run's lock
      return this.engine.exited;
    });
  }

  get id(): string {
    return this.options.id;
  }

  get name(): string {
    return this.options.name;
  }

  get epochs(): number {
    return this.options.epochs;
  }

  get curve(): Curve {
    return this.options.curve;
  }

  /** Ends it in good order: `pause` with a checkpoint, `stop` with a model. */
  async end(how: 'pause' | 'stop'): Promise<void> {
    const { params, log } = this.options;
    try {
      await this.engine.request(endTrainingRequest, { run: params.run, how });
    } catch (error) {
      // a run that has just ended needs no end
      if (answered(error)) throw explain(endTrainingRequest.method, error, log);
    }
  }

  /** Ends it at once; what it has learnt since its last checkpoint is lost. */
  async cancel(): Promise<void> {
    this.cancelling.cancel();
    const late = setTimeout(() => this.engine.kill('it did not cancel its training'), CANCEL_WITHIN);
    await this.ended;
    clearTimeout(late);
  }

  /** Leaves it: the engine keeps a checkpoint before it ends, from which whoever comes next goes on. */
  dispose(): void {
    this.engine.leave();
  }

  private async train(params: TrainParams): Promise<RunEnd> {
    const { log } = this.options;
    try {
      const answer = await this.engine.request(trainRequest, params, this.cancelling.token);
      const result = trainResultSchema.safeParse(answer);
      if (result.success) return { how: result.data.outcome, result: result.data };
      return { how: 'failed', message: explain(trainRequest.method, result.error, log).message };
    } catch (error) {
      if (this.cancelling.token.isCancellationRequested || !answered(error)) return this.gone();
      return { how: 'failed', message: explain(trainRequest.method, error, log).message };
    }
  }

  /** An engine that is cancelled may end in any way. */
  private gone(): RunEnd {
    return { how: this.cancelling.token.isCancellationRequested ? 'cancelled' : 'died' };
  }

  private progressed(message: unknown): void {
    const progress = trainingProgressSchema.safeParse(message);
    if (!progress.success) {
      this.options.log.error(`trainingProgress: ${progress.error.message}`);
      return;
    }
    this.progress = progress.data;
    for (const point of progress.data.points) this.curve.add(point);
    this.options.onProgress(this, progress.data);
  }

  private passedEpoch(message: unknown): void {
    const epoch = trainingEpochSchema.safeParse(message);
    if (!epoch.success) {
      this.options.log.error(`trainingEpoch: ${epoch.error.message}`);
      return;
    }
    this.curve.addEpoch(epoch.data);
    this.options.onEpoch(this, epoch.data);
  }
}
