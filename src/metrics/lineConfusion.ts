import { alignTexts } from './editDistance';
import { comparable, type Blanks, type ReadLine } from './lineScores';

/** A character of a text and what it was read as; nothing where it was left out, or where there was none. */
export interface AlignedCharacter {
  readonly truth: string | undefined;
  readonly answer: string | undefined;
}

/**
 * A line's text beside its answer, character by character: one of the shortest ways from one to the other. Blanks that
 * are ignored stand where the text has them, and are no errors.
 */
export function alignLine({ text, answer }: ReadLine, blanks: Blanks): AlignedCharacter[] {
  const truths = [...comparable(text, blanks)];
  const answers = [...comparable(answer, blanks)];
  const aligned = alignTexts(truths, answers).map((edit) => ({
    truth: edit.text === undefined ? undefined : truths[edit.text],
    answer: edit.answer === undefined ? undefined : answers[edit.answer],
  }));
  return blanks === 'ignored' ? withBlanks(aligned, text) : aligned;
}

function withBlanks(aligned: readonly AlignedCharacter[], text: string): AlignedCharacter[] {
  const rest = [...comparable(text, 'counted')];
  return aligned.flatMap((each) => {
    if (each.truth === undefined) return [each];
    return rest.shift() === ' ' && rest.shift() !== undefined ? [{ truth: ' ', answer: ' ' }, each] : [each];
  });
}

export function isError({ truth, answer }: AlignedCharacter): boolean {
  return truth !== answer;
}

/** How often a character was read as another one, left out, or read where there was none. */
export interface ConfusedCharacters extends AlignedCharacter {
  readonly count: number;
}

/** What is confused with what in aligned lines, the most frequent first. */
export function confusedCharacters(lines: Iterable<readonly AlignedCharacter[]>): ConfusedCharacters[] {
  const counts = new Map<string, ConfusedCharacters>();
  for (const line of lines) {
    for (const each of line) {
      if (!isError(each)) continue;
      const key = JSON.stringify([each.truth ?? null, each.answer ?? null]);
      counts.set(key, { ...each, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** Names the row of characters that were added and the column of those that were left out. */
export const NOTHING = '(nothing)';

/**
 * How often each character was read as each, blanks among them.
 *
 * @returns the characters by their code points, NOTHING last; rows are what is written, columns what was read
 */
export function lineConfusionMatrix(lines: readonly (readonly AlignedCharacter[])[]): {
  readonly classes: string[];
  readonly matrix: number[][];
} {
  const pairs = lines.flat().map(({ truth, answer }) => [truth ?? NOTHING, answer ?? NOTHING] as const);
  const characters = [...new Set(pairs.flat())].filter((each) => each !== NOTHING).sort();
  const classes = [...characters, NOTHING];
  const places = new Map(classes.map((each, at) => [each, at]));
  const matrix = classes.map(() => classes.map(() => 0));
  for (const [truth, answer] of pairs) {
    const row = matrix[places.get(truth) ?? 0];
    const column = places.get(answer) ?? 0;
    if (row) row[column] = (row[column] ?? 0) + 1;
  }
  return { classes, matrix };
}
