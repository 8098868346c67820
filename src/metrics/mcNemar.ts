/** Below this many samples that one model alone gets right, the chi-square distribution is too rough. */
const FEW = 25;

/** McNemar's test (1947) of two models on the same samples. */
export interface McNemar {
  /** Samples that only the first, and only the second model gets right. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Probability of so great a difference, or a greater one, between models that are equally good; 0 to 1. */
  readonly p: number;
  readonly method: 'exact binomial' | 'chi-square';
}

/**
 * Asks whether two models differ by more than chance: exactly where few samples tell them apart, else by the
 * chi-square distribution with Edwards' continuity correction (1948).
 */
export function mcNemar(onlyFirst: number, onlySecond: number): McNemar {
  const apart = onlyFirst + onlySecond;
  if (apart < FEW) {
    return {
      onlyFirst,
      onlySecond,
      p: binomialP(Math.min(onlyFirst, onlySecond), apart),
      method: 'exact binomial',
    };
  }
  const statistic = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1) ** 2 / apart;
  const p = Math.min(1, complementaryError(Math.sqrt(statistic / 2)));
  return { onlyFirst, onlySecond, p, method: 'chi-square' };
}

/** Two-sided: twice the probability of at most `least` heads in `tosses` of a fair coin. */
function binomialP(least: number, tosses: number): number {
  let ways = 1;
  let sum = 0;
  for (let heads = 0; heads <= least; heads++) {
    sum += ways;
    ways *= (tosses - heads) / (heads + 1);
  }
  return Math.min(1, (2 * sum) / 2 ** tosses);
}

/** Coefficients of Press et al., Numerical Recipes (2nd edition, 6.2), the lowest power first. */
const ERFC = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];

/** erfc(x) for x of at least 0, with a relative error below 1.2e-7. */
function complementaryError(x: number): number {
  const t = 1 / (1 + x / 2);
  return t * Math.exp(-x * x + ERFC.reduceRight((sum, coefficient) => coefficient + t * sum, 0));
}
