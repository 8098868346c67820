import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { NotificationType, RequestType } from 'vscode-jsonrpc';
import {
  createMessageConnection,
  ErrorCodes,
  IPCMessageReader,
  IPCMessageWriter,
  CancellationToken,
  type MessageConnection,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { BACKEND_LOST_CODE } from '../protocol/backends';
import { USER_ERROR_CODE } from '../protocol/engine';
import { BackendLost, UserError } from './errors';

/** The part of VS Code's log channel that the client writes to. */
export interface EngineLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

const FAILED =
  'The recognition engine could not answer: run "Scrawl: Show Log" to see why, or "Scrawl: Restart Engine".';

/** Whether the engine itself answered with an error, rather than being gone before it could. */
export function answered(error: unknown): boolean {
  return error instanceof ResponseError && error.code !== ErrorCodes.PendingResponseRejected;
}

/** What the person is told of a request that failed; what they cannot mend goes to the log. */
export function explain(method: string, error: unknown, log: EngineLog): UserError {
  if (error instanceof ResponseError && error.code === USER_ERROR_CODE) return new UserError(error.message);
  if (error instanceof ResponseError && error.code === BACKEND_LOST_CODE)
    return new BackendLost(error.message);
  log.error(`${method}: ${error instanceof Error ? error.stack : String(error)}`);
  return new UserError(FAILED, { cause: error });
}

/** One engine process from fork to exit. */
export class EngineProcess {
  private readonly child: ChildProcess;
  private readonly connection: MessageConnection;
  private alive = true;
  /** Settles when the process is gone, and with it what it held. */
  readonly exited: Promise<void>;

  constructor(
    script: string,
    private readonly log: EngineLog,
    private readonly onDeath: (engine: EngineProcess) => void,
    args: readonly string[] = [],
  ) {
    this.child = fork(script, args, {
      execPath: process.execPath,
      // the extension host's own flags, such as its debugger's port, are not the engine's
      execArgv: [],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.pipe(this.child.stdout, (line) => log.info(line));
    this.pipe(this.child.stderr, (line) => log.warn(line));
    this.exited = new Promise((resolve) => {
      this.child.once('exit', () => resolve());
      // one that could not be started has no exit
      this.child.once('error', () => resolve());
    });
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

  /** Tells of every notification of a type; its content is not checked yet. */
  onNotification<P>(type: NotificationType<P>, receive: (params: unknown) => void): void {
    this.connection.onNotification(type.method, receive);
  }

  /** Ends the process on purpose: nobody is told of a death. */
  end(): void {
    this.alive = false;
    this.connection.dispose();
    this.child.kill();
  }

  /** Lets go of the process, which has what it needs to end by itself: it may first keep what it has done. */
  leave(): void {
    this.alive = false;
    this.connection.dispose();
    if (this.child.connected) this.child.disconnect();
  }

  /** Ends a process that does not listen any more. */
  kill(how: string): void {
    this.child.kill('SIGKILL');
    this.lost(how);
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
