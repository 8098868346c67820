import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import {
  createMessageConnection,
  ErrorCodes,
  IPCMessageReader,
  IPCMessageWriter,
  CancellationToken,
  type MessageConnection,
  ResponseError,
} from 'vscode-jsonrpc/node';
import type { RequestType } from 'vscode-jsonrpc';
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
  USER_ERROR_CODE,
} from '../protocol/engine';
import { Cancelled, UserError } from './errors';

/** The part of VS Code's log channel that the client writes to. */
export interface EngineLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface EngineClientOptions {
  /** The engine's script. */
  script: string;
  log: EngineLog;
  /** Told each time that a dead engine was replaced. */
  onRestarted?: () => void;
}

/** After this many deaths within DEATH_WINDOW the engine is left alone until the person restarts it. */
const MOST_DEATHS = 3;
const DEATH_WINDOW = 60_000;

const GAVE_UP =
  'The recognition engine keeps stopping: run "Scrawl: Show Log" to see why, then "Scrawl: Restart Engine".';
const FAILED =
  'The recognition engine could not answer: run "Scrawl: Show Log" to see why, or "Scrawl: Restart Engine".';

/** Talks to the engine process: starts it on first use, replaces it when it dies, ends it with its owner. */
export class EngineClient {
  private engine: RunningEngine | undefined;
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

  /** One request; when the engine dies under it, once more on a new engine. */
  private async request<P, R>(
    type: RequestType<P, R, void>,
    params: P,
    result: ZodType<R>,
    token?: CancellationToken,
  ): Promise<R> {
    const answer = await this.answer(type, params, token);
    const checked = result.safeParse(answer);
    if (!checked.success) throw this.explain(type.method, checked.error);
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
        if (answered(error) || attempt === 2) throw this.explain(type.method, error);
        engine.lost('its connection broke');
      }
    }
  }

  private running(): RunningEngine {
    if (this.disposed) throw new Cancelled();
    if (this.engine) return this.engine;
    const now = Date.now();
    this.deaths = this.deaths.filter((death) => now - death < DEATH_WINDOW);
    if (this.deaths.length >= MOST_DEATHS) throw new UserError(GAVE_UP);
    this.engine = new RunningEngine(this.options.script, this.options.log, (engine) => this.died(engine));
    if (this.deaths.length > 0) this.options.onRestarted?.();
    return this.engine;
  }

  private died(engine: RunningEngine): void {
    if (this.engine !== engine) return;
    this.engine = undefined;
    this.deaths.push(Date.now());
  }

  private explain(method: string, error: unknown): UserError {
    if (error instanceof ResponseError && error.code === USER_ERROR_CODE) return new UserError(error.message);
    this.options.log.error(`${method}: ${error instanceof Error ? error.stack : String(error)}`);
    return new UserError(FAILED, { cause: error });
  }
}

/** Whether the engine itself answered with an error, rather than being gone before it could. */
function answered(error: unknown): boolean {
  return error instanceof ResponseError && error.code !== ErrorCodes.PendingResponseRejected;
}

/** One engine process from fork to exit. */
class RunningEngine {
  private readonly child: ChildProcess;
  private readonly connection: MessageConnection;
  private alive = true;

  constructor(
    script: string,
    private readonly log: EngineLog,
    private readonly onDeath: (engine: RunningEngine) => void,
  ) {
    this.child = fork(script, [], {
      execPath: process.execPath,
      // the extension host's own flags, such as its debugger's port, are not the engine's
      execArgv: [],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.pipe(this.child.stdout, (line) => log.info(line));
    this.pipe(this.child.stderr, (line) => log.warn(line));
    this.child.on('error', (error) => this.lost(error.message));
    this.child.once('exit', (code, signal) => this.lost(`exit code ${code ?? signal}`));
    this.connection = createMessageConnection(
      new IPCMessageReader(this.child),
      new IPCMessageWriter(this.child),
    );
    this.connection.onError(([error]) => log.warn(`connection to the engine: ${error.message}`));
    this.connection.listen();
    log.info(`engine ${this.child.pid} started`);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  request<P, R>(type: RequestType<P, R, void>, params: P, token?: CancellationToken): Promise<R> {
    return this.connection.sendRequest<R>(type.method, params, token ?? CancellationToken.None);
  }

  /** Ends the process on purpose: nobody is told of a death. */
  end(): void {
    this.alive = false;
    this.connection.dispose();
    this.child.kill();
  }

  /** Takes note, once, that the process is gone or out of reach; its requests under way fail. */
  lost(how: string): void {
    if (!this.alive) return;
    this.log.warn(`engine ${this.child.pid} stopped: ${how}`);
    this.end();
    this.onDeath(this);
  }

  private pipe(stream: Readable | null, write: (line: string) => void): void {
    if (stream) createInterface({ input: stream }).on('line', write);
  }
}
