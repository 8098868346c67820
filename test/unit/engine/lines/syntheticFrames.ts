import type { Random } from '../../../../src/base/random';
import type { Frames } from '../../../../src/engine/recognition/lines/frames';

/** Printable ASCII without the space, as the line network reads it. */
export const CHARACTERS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));

/** White before a frame against what is usual, as `relativeGaps` says it: between letters, between words, and none. */
const [LETTERS, WORDS, NONE] = [0.2, 1.7, -0.7];

/** What a reading of one character may be taken for, with probabilities: `{ n: { n: 0.4, h: 0.6 } }`. */
export type Doubts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface Synthetic {
  readonly frames: Frames;
  /** for each character but spaces the frame that says it */
  readonly peaks: readonly number[];
}

/**
 * Frames as a network gives them for a text: blanks, and for each character a peak. Spaces are gaps.
 *
 * @param doubts what the peaks of some characters are shared with
 * @param noise the probability that each other class has in a frame, together
 */
export function syntheticFrames(text: string, random: Random, doubts: Doubts = {}, noise = 0.01): Synthetic {
  const rows: Float32Array[] = [];
  const gaps: number[] = [];
  const peaks: number[] = [];
  let gap = LETTERS;
  for (const character of text) {
    if (character === ' ') {
      gap = WORDS;
      continue;
    }
    const blanks = 2 + random.integer(6);
    for (let i = 0; i < blanks; i++) {
      rows.push(row({}, 0.0005));
      gaps.push(i === 0 ? gap : NONE);
    }
    peaks.push(rows.length);
    rows.push(row(doubts[character] ?? { [character]: 1 }, noise));
    gaps.push(NONE);
    gap = LETTERS;
  }
  rows.push(row({}, 0.0005));
  gaps.push(NONE);
  return {
    peaks,
    frames: {
      count: rows.length,
      characters: CHARACTERS,
      logProbabilities: Float32Array.from(rows.flatMap((each) => [...each])),
      gaps: Float32Array.from(gaps),
    },
  };
}

function row(shares: Readonly<Record<string, number>>, noise: number): Float32Array {
  const probabilities = new Float32Array(CHARACTERS.length + 1).fill(noise / (CHARACTERS.length + 1));
  const said = Object.entries(shares);
  for (const [character, share] of said) {
    const at = CHARACTERS.indexOf(character);
    probabilities[at] = (probabilities[at] ?? 0) + share * (1 - noise);
  }
  if (said.length === 0) probabilities[CHARACTERS.length] = 1 - noise;
  return probabilities.map(Math.log);
}
