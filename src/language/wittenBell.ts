import { CharacterModel } from './characterModel';
import type { CountedGrams } from './gramCounter';
import { longestEndings, type GramTree } from './gramTree';
import { SYMBOL_COUNT } from './symbols';

/**
 * The probability of each sequence's last symbol behind the symbols before it, smoothed as Witten and Bell (1991,
 * method C) do: what is seen for the first time gets as much as there were first times, and shorter contexts share it
 * out. The shortest shares it out evenly.
 *
 * @returns a number per node; of node 0 no meaning
 */
export function wittenBell(grams: CountedGrams, endings: Int32Array): Float64Array {
  const probabilities = new Float64Array(grams.symbols.length);
  for (let node = 0; node < grams.symbols.length; node++) {
    const followers = grams.followers[node] ?? 0;
    const seen = (grams.counts[node] ?? 0) + followers;
    const end = grams.first[node + 1] ?? 0;
    for (let child = grams.first[node] ?? 0; child < end; child++) {
      const shorter = node === 0 ? 1 / SYMBOL_COUNT : (probabilities[endings[child] ?? 0] ?? 0);
      probabilities[child] = ((grams.counts[child] ?? 0) + followers * shorter) / seen;
    }
  }
  return probabilities;
}

/**
 * What a context leaves to shorter ones, per unit of what they give to the symbols that it has not: the backoff weight.
 */
export function backoffWeights(
  tree: GramTree,
  probabilities: Float64Array,
  endings: Int32Array,
): Float64Array {
  const weights = new Float64Array(tree.symbols.length).fill(1);
  for (let node = 1; node < tree.symbols.length; node++) {
    const end = tree.first[node + 1] ?? 0;
    let given = 0;
    let shorter = 0;
    for (let child = tree.first[node] ?? 0; child < end; child++) {
      given += probabilities[child] ?? 0;
      shorter += probabilities[endings[child] ?? 0] ?? 0;
    }
    // what is left is never nothing: at least one follower is unseen in Witten and Bell's estimate
    weights[node] = Math.max(1 - given, 1e-9) / Math.max(1 - shorter, 1e-9);
  }
  return weights;
}

/** A character model of counts, nothing left out. */
export function characterModelOf(grams: CountedGrams): CharacterModel {
  const endings = longestEndings(grams);
  const probabilities = wittenBell(grams, endings);
  return new CharacterModel({
    ...grams,
    probabilities,
    backoff: backoffWeights(grams, probabilities, endings),
  });
}
