import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../base/userError';
import type { AskOptions } from '../../protocol/ask';
import { Canceled } from '../../protocol/failures';
import type { Call, Params, Result } from '../../protocol/rpc';
import { EngineDied, type EngineLog, EngineProcess } from './engineProcess';

export interface EngineOptions {
  /** The engine's script. */
  readonly script: string;
  readonly log: EngineLog;
  /** What a process that starts is told; one that was told something else is replaced as soon as it has no work. */
  readonly args?: () => readonly string[];
  /** Milliseconds without work after which the process is ended; without it the process stays. */
  readonly idle?: number;
  /** Told each time that a dead process was replaced. */
  readonly onRestarted?: () => void;
}

/** After this many deaths within DEATH_WINDOW the engine is left alone until the user restarts it. */
const MOST_DEATHS = 3;
const DEATH_WINDOW = 60_000;

const GAVE_UP =
  'The recognition engine keeps stopping: run "Scrawl: Show Log" to see why, then "Scrawl: Restart Engine".';

/** The engine, whichever process it is now: starts with the first call, is replaced when it dies, ends with its owner. */
export class Engine {
  private process: EngineProcess | undefined;
  /** What the process was told when it started. */
  private told: readonly string[] = [];
  private deaths: number[] = [];
  /** Calls that are under way. */
  private working = 0;
  private idling: ReturnType<typeof setTimeout> | undefined;
  private disposed = false;

  constructor(private readonly options: EngineOptions) {}

  /**
   * Asks the engine; when it dies under the call, once more on a new process.
   *
   * @throws Canceled when the signal is aborted or this is disposed of, else a UserError
   */
  async call<C extends Call>(call: C, params: Params<C>, options: AskOptions<C> = {}): Promise<Result<C>> {
    clearTimeout(this.idling);
    if (this.working === 0 && !isDeepStrictEqual(this.told, this.options.args?.() ?? [])) this.restart();
    this.working++;
    try {
      return await this.ask(call, params, options);
    } finally {
      const { idle } = this.options;
      if (--this.working === 0 && idle !== undefined) this.idling = setTimeout(() => this.restart(), idle);
    }
  }

  /**
   * Asks a process of its own, which is ended afterwards: for work that would keep all else waiting, or that may leave
   * the process ill.
   *
   * @throws Canceled when the signal is aborted, else a UserError
   */
  async callApart<C extends Call>(
    call: C,
    params: Params<C>,
    options: AskOptions<C> = {},
  ): Promise<Result<C>> {
    const { script, log } = this.options;
    const process = new EngineProcess({ script, log });
    try {
      return await process.call(call, params, options);
    } finally {
      process.end();
    }
  }

  /** The process id while there is one. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Ends the process and forgets its deaths; the next call starts a new one. */
  restart(): void {
    this.stop();
    this.deaths = [];
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.idling);
    this.stop();
  }

  private stop(): void {
    this.process?.end();
    this.process = undefined;
  }

  private async ask<C extends Call>(call: C, params: Params<C>, options: AskOptions<C>): Promise<Result<C>> {
    for (let attempt = 1; ; attempt++) {
      const process = this.running();
      try {
        return await process.call(call, params, options);
      } catch (error) {
        if (this.disposed) throw new Canceled();
        if (!(error instanceof EngineDied) || attempt === 2) throw error;
      }
    }
  }

  private running(): EngineProcess {
    if (this.disposed) throw new Canceled();
    if (this.process) return this.process;
    const now = Date.now();
    this.deaths = this.deaths.filter((death) => now - death < DEATH_WINDOW);
    if (this.deaths.length >= MOST_DEATHS) throw new UserError(GAVE_UP);
    const { script, log, args, onRestarted } = this.options;
    this.told = args?.() ?? [];
    this.process = new EngineProcess({ script, log, args: this.told, onDeath: (dead) => this.died(dead) });
    if (this.deaths.length > 0) onRestarted?.();
    return this.process;
  }

  private died(process: EngineProcess): void {
    if (this.process !== process) return;
    this.process = undefined;
    this.deaths.push(Date.now());
  }
}
