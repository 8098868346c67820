import type { Reading } from '../../protocol/ink';
import { logistic, logit } from './logistic';

/**
 * How much the sureness of each model tells that the ink is of its kind: fitted to half of 600 drawings of Detexify that are
 * held out and as many characters and words of UNIPEN's dev writers, by `node scripts/recipe.mjs symbols/fitEverything`. Of
 * the other half, 81% of the symbols and 82% of the characters and words come before what they are not.
 */
const WEIGHTS = { bias: 0.13, symbols: 1.28, characters: -0.32 };

/**
 * One list of what ink says as characters, and as one symbol, most likely first.
 *
 * @param texts what the models of characters and lines read, the likeliest first
 * @param symbols what the model of symbols reads, the likeliest first
 */
export function everything(texts: readonly Reading[], symbols: readonly Reading[], top: number): Reading[] {
  const share = symbolProbability(texts, symbols);
  return [...weighed(texts, 1 - share), ...weighed(symbols, share)]
    .sort((a, b) => b.probability - a.probability)
    .filter(({ isPlain }, rank) => rank < top || isPlain);
}

/** The probability that ink is a symbol, a logistic function of how sure both models are. */
export function symbolProbability(texts: readonly Reading[], symbols: readonly Reading[]): number {
  const [text] = texts;
  const [symbol] = symbols;
  if (!text || !symbol) return text ? 0 : 1;
  return logistic(
    WEIGHTS.bias + WEIGHTS.symbols * logit(symbol.probability) + WEIGHTS.characters * logit(text.probability),
  );
}

function weighed(readings: readonly Reading[], share: number): Reading[] {
  return readings.map((reading) => ({ ...reading, probability: share * reading.probability }));
}
