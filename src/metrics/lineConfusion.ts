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
