import { spoken } from '../../src/base/words';
import type { Aligned } from '../../src/protocol/pages/lineEvaluation';

/** Stands where a text or an answer has no character. */
export const NOTHING = '∅';

/** A character as it shows; blanks must be seen. */
export function characterShown(character: string | undefined): string {
  if (character === undefined) return NOTHING;
  return character === ' ' ? '␣' : character;
}

function characterSpoken(character: string): string {
  return character === ' ' ? 'blank' : spoken(character);
}

/** What happened to a character, in words. */
export function errorInWords({ truth, answer }: Aligned): string {
  if (truth === undefined) return `${characterSpoken(answer ?? '')} read where nothing is`;
  if (answer === undefined) return `${characterSpoken(truth)} left out`;
  return `${characterSpoken(truth)} read as ${characterSpoken(answer)}`;
}

export function isError({ truth, answer }: Aligned): boolean {
  return truth !== answer;
}
