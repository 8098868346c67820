import { CancellationTokenSource, type RequestType } from 'vscode-jsonrpc';
import type { ZodType } from 'zod';
import {
  type EvaluationProgress,
  evaluationProgressNotification,
  evaluationProgressSchema,
} from '../../protocol/evaluation';
import { EngineClient } from '../engineClient';
import type { EngineLog, EngineProcess } from '../engineProcess';

/** Milliseconds without work after which the process is ended. */
const IDLE = 60_000;

export interface WorkOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: EvaluationProgress) => void) | undefined;
}

/** An engine for evaluations alone, so that the pad's stays quick; it is there only while there is work. */
export class EvaluationEngine {
  private readonly client: EngineClient;
  private readonly listeners = new Map<string, (progress: EvaluationProgress) => void>();
  private working = 0;
  private number = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    script: string,
    private readonly log: EngineLog,
  ) {
    this.client = new EngineClient({ script, log, onStart: (engine) => this.listen(engine) });
  }

  /** Does work that tells how far it is; throws Cancelled when the signal is aborted, else a UserError. */
  async work<P extends { id: string }, R>(
    type: RequestType<P, R, void>,
    params: Omit<P, 'id'>,
    result: ZodType<R>,
    { signal, onProgress }: WorkOptions = {},
  ): Promise<R> {
    const id = String(++this.number);
    if (onProgress) this.listeners.set(id, onProgress);
    try {
      return await this.request(type, { ...params, id } as P, result, signal);
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
      const progress = evaluationProgressSchema.safeParse(message);
      if (progress.success) this.listeners.get(progress.data.id)?.(progress.data);
      else this.log.error(`evaluationProgress: ${progress.error.message}`);
    });
  }
}
