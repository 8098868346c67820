import { keyOf, type Place } from '../../../protocol/pages/boardPlace';
import type { BoardWork } from '../../../protocol/pages/leaderboard';
import { Canceled } from '../../../protocol/failures';
import type { Report } from '../../shell/longWork';

/** Evaluates a cell; throws an Error with a sentence for the user, and Canceled when the signal is aborted. */
export type EvaluateCell = (place: Place, report: Report, signal: AbortSignal) => Promise<unknown>;

/** Cells that are evaluated one after the other: two at once would share the processor. */
export class CellQueue {
  private readonly waiting: Place[] = [];
  private readonly works = new Map<string, { readonly place: Place; readonly work: BoardWork }>();
  private running: AbortController | undefined;

  /**
   * @param tell is told how far a cell is, and of no work once it is done or given up
   * @param sentence for the user of what failed
   */
  constructor(
    private readonly evaluate: EvaluateCell,
    private readonly tell: (place: Place, work: BoardWork | undefined) => void,
    private readonly sentence: (error: unknown) => string,
  ) {}

  /** What is being done, and what failed. */
  get all(): readonly { readonly place: Place; readonly work: BoardWork }[] {
    return [...this.works.values()];
  }

  add(places: readonly Place[]): void {
    for (const place of places) {
      const state = this.works.get(keyOf(place))?.work.state;
      if (state === 'waiting' || state === 'running') continue;
      this.waiting.push(place);
      this.set(place, { state: 'waiting' });
    }
    if (!this.running) void this.run();
  }

  /** Gives up what waits and what runs. */
  cancel(): void {
    for (const place of this.waiting.splice(0)) this.set(place, undefined);
    this.running?.abort();
  }

  private async run(): Promise<void> {
    for (let place = this.waiting.shift(); place; place = this.waiting.shift()) {
      this.running = new AbortController();
      this.set(place, await this.evaluated(place, this.running.signal));
    }
    this.running = undefined;
  }

  /** @returns what is left to say of it */
  private async evaluated(place: Place, signal: AbortSignal): Promise<BoardWork | undefined> {
    this.set(place, { state: 'running' });
    const report: Report = (_message, share) =>
      this.set(place, { state: 'running', ...(share !== undefined && { share }) });
    try {
      await this.evaluate(place, report, signal);
      return undefined;
    } catch (error) {
      return error instanceof Canceled || signal.aborted
        ? undefined
        : { state: 'failed', message: this.sentence(error) };
    }
  }

  private set(place: Place, work: BoardWork | undefined): void {
    if (work) this.works.set(keyOf(place), { place, work });
    else this.works.delete(keyOf(place));
    this.tell(place, work);
  }
}
