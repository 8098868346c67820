import { membership } from '../../base/alphabet';
import { ModelError } from '../../models/errors';
import type { Candidate } from '../../protocol/engine/recognition';
import { contextFactor } from './context';

/**
 * The most probable classes of an alphabet, their probabilities renormalized over it, most probable first.
 *
 * @param probabilities one a class, that sum to 1
 * @param alphabet an alphabet's name or its characters
 * @param context the text before the character, which makes some kinds of characters likelier
 * @throws ModelError where the model knows no character of the alphabet
 */
export function candidatesOf(
  probabilities: ArrayLike<number>,
  classes: readonly string[],
  alphabet: string,
  top: number,
  context = '',
): Candidate[] {
  const allowed = membership(alphabet, classes);
  const within = classes
    .map((text, index) => ({ text, probability: (probabilities[index] ?? 0) * contextFactor(context, text) }))
    .filter((_, index) => allowed[index]);
  if (within.length === 0) {
    throw new ModelError(`The model knows none of the characters "${alphabet}": choose another alphabet.`);
  }
  const total = within.reduce((sum, { probability }) => sum + probability, 0);
  return within
    .map(({ text, probability }) => ({
      text,
      probability: total > 0 ? probability / total : 1 / within.length,
    }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}
