import type { CancellationToken, RequestType } from 'vscode-jsonrpc';
import type { ZodType } from 'zod';
import {
  modelInfoSchema,
  modelRequest,
  type ModelInfo,
  type RecognizeParams,
  type RecognizeResult,
  type RecognizePictureParams,
  recognizePictureRequest,
  recognizeRequest,
  recognizeResultSchema,
} from '../protocol/engine';
import {
  type ImportModelParams,
  importModelRequest,
  type ImportModelResult,
  importModelResultSchema,
} from '../protocol/models';
import { answered, type EngineLog, EngineProcess, explain } from './engineProcess';
import { Cancelled, UserError } from './errors';

export interface EngineClientOptions {
  /** The engine's script. */
  script: string;
  log: EngineLog;
  /** What an engine that starts is told. */
  args?: () => readonly string[];
  /** Told each time that a dead engine was replaced. */
  onRestarted?: () => void;
  /** Given each engine that is started, to listen to what it tells. */
  onStart?: (engine: EngineProcess) => void;
}

/** After this many deaths within DEATH_WINDOW the engine is left alone until the person restarts it. */
const MOST_DEATHS = 3;
const DEATH_WINDOW = 60_000;

const GAVE_UP =
  'The recognition engine keeps stopping: run "Scrawl: Show Log" to see why, then "Scrawl: Restart Engine".';

/** Talks to the engine process: starts it on first use, replaces it when it dies, ends it with its owner. */
export class EngineClient {
  private engine: EngineProcess | undefined;
  private deaths: number[] = [];
  private disposed = false;

  constructor(private readonly options: EngineClientOptions) {}

  /** Recognises one character; throws Cancelled when the token was, else a UserError. */
  recognize(params: RecognizeParams, token?: CancellationToken): Promise<RecognizeResult> {
    return this.request(recognizeRequest, params, recognizeResultSchema, token);
  }

  /** Recognises the character of a picture, as `recognize` does that of ink. */
  recognizePicture(params: RecognizePictureParams, token?: CancellationToken): Promise<RecognizeResult> {
    return this.request(recognizePictureRequest, params, recognizeResultSchema, token);
  }

  /** Loads a model, so that the first recognition is quick, and describes it. */
  model(folder: string, token?: CancellationToken): Promise<ModelInfo> {
    return this.request(modelRequest, { model: folder }, modelInfoSchema, token);
  }

  /** Takes a TensorFlow.js model into the store. */
  importModel(params: ImportModelParams, token?: CancellationToken): Promise<ImportModelResult> {
    return this.request(importModelRequest, params, importModelResultSchema, token);
  }

  /** The engine's process id while it runs. */
  get pid(): number | undefined {
    return this.engine?.pid;
  }

  /** Ends the engine and forgets its deaths; the next request starts a new one. */
  restart(): void {
    this.stop();
    this.deaths = [];
  }

  dispose(): void {
    this.disposed = true;
    this.stop();
  }

  private stop(): void {
    this.engine?.end();
    this.engine = undefined;
  }

  /** One request, its answer checked; when the engine dies under it, once more on a new engine. */
  async request<P, R>(
    type: RequestType<P, R, void>,
    params: P,
    result: ZodType<R>,
    token?: CancellationToken,
  ): Promise<R> {
    const answer = await this.answer(type, params, token);
    const checked = result.safeParse(answer);
    if (!checked.success) throw explain(type.method, checked.error, this.options.log);
    return checked.data;
  }

  private async answer<P, R>(
    type: RequestType<P, R, void>,
    params: P,
    token?: CancellationToken,
  ): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      const engine = this.running();
      try {
        return await engine.request(type, params, token);
      } catch (error) {
        if (token?.isCancellationRequested || this.disposed) throw new Cancelled();
        if (answered(error) || attempt === 2) throw explain(type.method, error, this.options.log);
        engine.lost('its connection broke');
      }
    }
  }

  private running(): EngineProcess {
    if (this.disposed) throw new Cancelled();
    if (this.engine) return this.engine;
    const now = Date.now();
    this.deaths = this.deaths.filter((death) => now - death < DEATH_WINDOW);
    if (this.deaths.length >= MOST_DEATHS) throw new UserError(GAVE_UP);
    const { script, log, args } = this.options;
    this.engine = new EngineProcess(script, log, (engine) => this.died(engine), args?.());
    this.options.onStart?.(this.engine);
    if (this.deaths.length > 0) this.options.onRestarted?.();
    return this.engine;
  }

  private died(engine: EngineProcess): void {
    if (this.engine !== engine) return;
    this.engine = undefined;
    this.deaths.push(Date.now());
  }
}
