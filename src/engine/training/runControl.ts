/** Ends one run while it trains. */
export class RunControl {
  private readonly aborting = new AbortController();
  private readonly pausing = new AbortController();
  private wanted: 'pause' | 'stop' | undefined;
  private goesAway = false;

  /** Ends the run in good order after its step: with a checkpoint to go on from, or with a model. */
  end(how: 'pause' | 'stop'): void {
    this.wanted = how;
    if (how === 'pause') this.pausing.abort();
  }

  /** As a pause, but nobody wanted it: the process must end. */
  leave(): void {
    this.goesAway = true;
    this.end('pause');
  }

  /** Ends the run at once, with this reason. */
  abort(reason: Error): void {
    this.aborting.abort(reason);
  }

  get ending(): 'pause' | 'stop' | undefined {
    return this.wanted;
  }

  get leaving(): boolean {
    return this.goesAway;
  }

  get signal(): AbortSignal {
    return this.aborting.signal;
  }

  /** Ends what comes before the first step, of which a pause keeps nothing. */
  get preparing(): AbortSignal {
    return AbortSignal.any([this.signal, this.pausing.signal]);
  }
}
