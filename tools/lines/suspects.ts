/** Learning says this much of a label after it has seen this share of its steps. */
export const TRUSTED_FROM = 0.25;
/** A label whose loss a character is more than so many times the usual one is wrong, or nobody could read it. */
const TIMES_USUAL = 5;
/** However many there are, no more than this share of what was seen is left out. */
const MOST_SHARE = 0.03;

/** The least loss a character of each piece of real handwriting since learning could be trusted. */
export class Suspects {
  private least: Map<string, number>;

  constructor(least: Iterable<readonly [string, number]> = []) {
    this.least = new Map(least);
  }

  note(
    ids: readonly (string | undefined)[],
    losses: ArrayLike<number>,
    labels: readonly (readonly number[])[],
  ): void {
    ids.forEach((id, index) => {
      const loss = losses[index] ?? Infinity;
      if (id === undefined || !Number.isFinite(loss)) return;
      const mean = loss / Math.max(1, labels[index]?.length ?? 0);
      this.least.set(id, Math.min(mean, this.least.get(id) ?? Infinity));
    });
  }

  /** Those whose label is taken for wrong, the worst first. */
  wrong(): string[] {
    const sorted = [...this.least].sort(([, a], [, b]) => b - a);
    const usual = sorted.reduce((sum, [, loss]) => sum + loss, 0) / Math.max(1, sorted.length);
    return sorted
      .slice(0, Math.floor(MOST_SHARE * sorted.length))
      .filter(([, loss]) => loss > TIMES_USUAL * usual)
      .map(([id]) => id);
  }

  save(): [string, number][] {
    return [...this.least];
  }
}
