import { CancellationTokenSource, type RequestType } from 'vscode-jsonrpc';
import type { ZodType } from 'zod';
import {
  type EvaluationProgress,
  evaluationProgressNotification,
  evaluationProgressSchema,
} from '../../protocol/evaluation';
import type { BackendChoice } from '../../models/runSettings';
import {
  type ProjectionProgress,
  projectionProgressNotification,
  projectionProgressSchema,
} from '../../protocol/projection';
import { EngineClient } from '../engineClient';
import type { EngineLog, EngineProcess } from '../engineProcess';

/** Milliseconds without work after which the process is ended. */
const IDLE = 60_000;

export interface WorkOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: EvaluationProgress) => void) | undefined;
  /** Of work in several phases. */
  readonly onPhase?: ((progress: ProjectionProgress) => void) | undefined;
}

/** An engine for evaluations alone, so that the pad's stays quick; it is there only while there is work. */
export class EvaluationEngine {
  private readonly client: EngineClient;
  private readonly listeners = new Map<string, WorkOptions>();
  private working = 0;
  private number = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** What the process computes on, as it was told when it started. */
  private backend: BackendChoice | undefined;

  /**
   * @param home the folder that backends are installed and measured in
   * @param backendNow what is to compute; work that is under way goes on with what it was begun with
   */
  constructor(
    script: string,
    private readonly log: EngineLog,
    home: string,
    private readonly backendNow: () => BackendChoice,
  ) {
    const args = () => {
      this.backend = backendNow();
      return ['--backend', this.backend, '--home', home];
    };
    this.client = new EngineClient({ script, log, args, onStart: (engine) => this.listen(engine) });
  }

  /** Does work that tells how far it is; throws Cancelled when the signal is aborted, else a UserError. */
  async work<P extends { id: string }, R>(
    type: RequestType<P, R, void>,
    params: Omit<P, 'id'>,
    result: ZodType<R>,
    options: WorkOptions = {},
  ): Promise<R> {
    const id = String(++this.number);
    this.listeners.set(id, options);
    try {
      return await this.request(type, { ...params, id } as P, result, options.signal);
    } finally {
      this.listeners.delete(id);
    }
  }

  /** One request; throws Cancelled when the signal is aborted, else a UserError. */
  async request<P, R>(
    type: RequestType<P, R, void>,
    params: P,
    result: ZodType<R>,
    signal?: AbortSignal,
  ): Promise<R> {
    const cancelling = new CancellationTokenSource();
    const cancel = () => cancelling.cancel();
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    clearTimeout(this.timer);
    if (this.working === 0 && this.backend !== this.backendNow()) this.client.restart();
    this.working++;
    try {
      return await this.client.request(type, params, result, cancelling.token);
    } finally {
      signal?.removeEventListener('abort', cancel);
      cancelling.dispose();
      if (--this.working === 0) this.timer = setTimeout(() => this.client.restart(), IDLE);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.client.dispose();
  }

  private listen(engine: EngineProcess): void {
    engine.onNotification(evaluationProgressNotification, (message) => {
      const progress = this.checked(evaluationProgressSchema, message);
      if (progress) this.listeners.get(progress.id)?.onProgress?.(progress);
    });
    engine.onNotification(projectionProgressNotification, (message) => {
      const progress = this.checked(projectionProgressSchema, message);
      if (progress) this.listeners.get(progress.id)?.onPhase?.(progress);
    });
  }

  private checked<T>(schema: ZodType<T>, message: unknown): T | undefined {
    const checked = schema.safeParse(message);
    if (!checked.success) this.log.error(`the engine's progress: ${checked.error.message}`);
    return checked.data;
  }
}
