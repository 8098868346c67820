import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { UserError } from '../../base/userError';
import { ask, type AskOptions } from '../../protocol/ask';
import { Canceled, isConnectionLost } from '../../protocol/failures';
import type { Call, Params, Result } from '../../protocol/rpc';

/** The part of VS Code's log channel that engines write to. */
export interface EngineLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

const FAILED =
  'The recognition engine could not answer: run "Scrawl: Show Log" to see why, or "Scrawl: Restart Engine".';

/** The process was gone before it could answer. */
export class EngineDied extends UserError {
  override readonly name = 'EngineDied';

  constructor() {
    super(FAILED);
  }
}

export interface EngineProcessOptions {
  /** The engine's script. */
  readonly script: string;
  readonly log: EngineLog;
  readonly args?: readonly string[];
  /** Told once when the process is gone though nobody ended it. */
  readonly onDeath?: (engine: EngineProcess) => void;
}

/** One engine process from fork to exit. */
export class EngineProcess {
  private readonly child: ChildProcess;
  private readonly connection: MessageConnection;
  private readonly log: EngineLog;
  private alive = true;
  /** Settles when the process is gone, and with it what it held. */
  readonly exited: Promise<void>;

  constructor(private readonly options: EngineProcessOptions) {
    const { script, log, args = [] } = options;
    this.log = log;
    this.child = fork(script, args, {
      execPath: process.execPath,
      // the extension host's own flags, such as its debugger's port, are not the engine's
      execArgv: [],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    pipe(this.child.stdout, (line) => log.info(line));
    pipe(this.child.stderr, (line) => log.warn(line));
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

  /**
   * Asks the engine; what the user cannot mend goes to the log.
   *
   * @throws Canceled when the signal is aborted, EngineDied where the process is gone, else a UserError
   */
  async call<C extends Call>(call: C, params: Params<C>, options: AskOptions<C> = {}): Promise<Result<C>> {
    try {
      return await ask(this.connection, call, params, options, (message) => this.log.error(message));
    } catch (error) {
      if (error instanceof UserError || error instanceof Canceled) throw error;
      if (isConnectionLost(error)) {
        this.lost('its connection broke');
        throw new EngineDied();
      }
      this.log.error(`${call.method}: ${error instanceof Error ? error.stack : String(error)}`);
      throw new UserError(FAILED, { cause: error });
    }
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

  /** Takes note, once, that the process is gone or out of reach; its calls under way fail. */
  private lost(how: string): void {
    if (!this.alive) return;
    this.log.warn(`engine ${this.child.pid} stopped: ${how}`);
    this.end();
    this.options.onDeath?.(this);
  }
}

function pipe(stream: Readable | null, write: (line: string) => void): void {
  if (stream) createInterface({ input: stream }).on('line', write);
}
