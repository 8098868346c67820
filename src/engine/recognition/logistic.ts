/** Nothing is ruled out by one model alone: a probability is held away from 0 and 1 by this. */
const DOUBT = 0.001;

/** The probability of a score, which is the logarithm of its odds. */
export function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** The logarithm of the odds of a probability, which is never quite 0 or 1. */
export function logit(share: number): number {
  const held = DOUBT + (1 - 2 * DOUBT) * share;
  return Math.log(held / (1 - held));
}
