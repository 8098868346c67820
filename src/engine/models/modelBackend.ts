import { parseArgs } from 'node:util';
import { BACKEND_CHOICES, type BackendChoice } from '../../base/backendChoice';
import type { StartedBackend } from '../backends/backend';
import { wasm } from '../backends/wasm/wasm';
import { startBackend } from '../backends/startBackend';

/** What the models of a process compute on; it is started with the first of them. */
export class ModelBackend {
  private started: Promise<StartedBackend> | undefined;

  constructor(
    readonly choice: BackendChoice,
    private readonly home: string,
  ) {}

  /**
   * What `--backend NAME --home DIR` says; without it wasm, whatever the user trains on: a character takes it 2 ms,
   * less than the way to a graphics processor and back.
   */
  static of(args: readonly string[]): ModelBackend {
    const options = { backend: { type: 'string' }, home: { type: 'string' } } as const;
    const { backend, home = '' } = parseArgs({ args: [...args], options }).values;
    return new ModelBackend(BACKEND_CHOICES.find((choice) => choice === backend) ?? 'wasm', home);
  }

  /** Starts it, or anew where its device is lost; throws BackendUnavailableError where it cannot be used. */
  start(): Promise<StartedBackend> {
    const begin = () =>
      this.choice === 'wasm' ? wasm.start(this.home) : startBackend(this.choice, this.home);
    this.started = this.started
      ? this.started.then((before) => (before.loss.signal.aborted ? begin() : before), begin)
      : begin();
    return this.started;
  }
}
