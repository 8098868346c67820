import type { HostToTraining } from '../../protocol/pages/training';
import type { Curve } from './curve';

/** The curves that a page has been sent. */
export class SentCurves {
  private sent = new Set<string>();

  constructor(
    /** @throws where there is no such run, as once it is removed elsewhere */
    private readonly curveOf: (run: string) => Promise<Curve>,
    private readonly post: (message: Extract<HostToTraining, { type: 'curve' }>) => void,
    private readonly log: { warn(message: string): void },
  ) {}

  /** Sends those that the page does not have yet, whichever of them are gone, and forgets those that it dropped. */
  async send(runs: readonly string[]): Promise<void> {
    const missing = runs.filter((run) => !this.sent.has(run));
    this.sent = new Set(runs);
    for (const run of missing) {
      try {
        const curve = await this.curveOf(run);
        this.post({ type: 'curve', run, columns: curve.toColumns(), epochs: curve.epochs });
      } catch (error) {
        this.sent.delete(run);
        this.log.warn(`the curves of ${run}: ${String(error)}`);
      }
    }
  }

  /** The page is gone. */
  clear(): void {
    this.sent.clear();
  }
}
