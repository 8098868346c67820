import { editDistance } from './editDistance';
import { wilsonInterval } from './interval';
import { ratioOf, type Share } from './ratio';

/** A line and what was read from it. */
export interface ReadLine {
  readonly text: string;
  readonly answer: string;
}

/** Whether blanks in texts and answers count. */
export type Blanks = 'ignored' | 'counted';

/** A text as it is compared: blanks that count are single ones between words. */
export function comparable(text: string, blanks: Blanks): string {
  return blanks === 'counted' ? text.trim().replace(/\s+/g, ' ') : text.replace(/\s/g, '');
}

/** How well lines were read. */
export interface LineScores {
  readonly lines: number;
  /** Character error rate: changes that make the answers of the texts, over the texts' characters. */
  readonly cer: Share;
  /** Word error rate: the same of words, between blanks. */
  readonly wer: Share;
  /** Share of the lines that were read without an error. */
  readonly exact: Share;
}

/**
 * Scores lines.
 *
 * @param blanks whether they count; without them a word is a line
 */
export function scoreLines(lines: readonly ReadLine[], blanks: Blanks = 'ignored'): LineScores {
  const pairs = lines.map(({ text, answer }) => ({
    text: comparable(text, blanks),
    answer: comparable(answer, blanks),
  }));
  const exact = pairs.filter(({ text, answer }) => text === answer).length;
  return {
    lines: lines.length,
    cer: errorRate(pairs.map(({ text, answer }) => [[...text], [...answer]])),
    wer: errorRate(pairs.map(({ text, answer }) => [text.split(' '), answer.split(' ')])),
    exact: {
      value: lines.length === 0 ? 0 : exact / lines.length,
      interval: wilsonInterval(exact, lines.length),
    },
  };
}

/** Errors over length. */
function errorRate(pairs: readonly (readonly [text: readonly string[], answer: readonly string[]])[]): Share {
  const rate = ratioOf(
    pairs.map(([text, answer]) => editDistance(text, answer)),
    pairs.map(([text]) => text.length),
  );
  if (!rate) return { value: 0, interval: { low: 0, high: 1 } };
  const { low, high } = rate.interval;
  return { value: rate.value, interval: { low: Math.max(0, low), high } };
}
