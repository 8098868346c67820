import { Verdict } from '../../src/protocol/pages/review';

/** How many labels came to each verdict. */
export function tally(verdicts: Uint8Array): Record<keyof typeof Verdict, number> {
  const of = (wanted: Verdict) => verdicts.reduce((sum, verdict) => sum + Number(verdict === wanted), 0);
  return {
    open: of(Verdict.open),
    kept: of(Verdict.kept),
    relabeled: of(Verdict.relabeled),
    excluded: of(Verdict.excluded),
  };
}

/** The next label that is open, from the first on again behind the last; undefined where none is left. */
export function nextOpen(verdicts: Uint8Array, from: number): number | undefined {
  for (let step = 1; step <= verdicts.length; step++) {
    const at = (from + step) % verdicts.length;
    if (verdicts[at] === Verdict.open) return at;
  }
  return undefined;
}
