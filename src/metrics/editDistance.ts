/** How one text becomes another: what is the same or changed, what is lost, what is added. */
export interface Edit {
  /** Place of the character in the text, undefined where one was added. */
  readonly text: number | undefined;
  /** Place in the answer, undefined where the character was lost. */
  readonly answer: number | undefined;
}

/** Changes of single elements that make one list of another at least (Levenshtein 1966). */
export function editDistance<T>(text: ArrayLike<T>, answer: ArrayLike<T>): number {
  let before = Uint32Array.from({ length: answer.length + 1 }, (_, index) => index);
  for (let i = 1; i <= text.length; i++) {
    const row = new Uint32Array(answer.length + 1);
    row[0] = i;
    for (let j = 1; j <= answer.length; j++)
      row[j] = leastChanges(before, row, j, text[i - 1] === answer[j - 1]);
    before = row;
  }
  return before[answer.length] ?? 0;
}

function leastChanges(before: Uint32Array, row: Uint32Array, at: number, same: boolean): number {
  const [diagonal = 0, up = 0, left = 0] = [before[at - 1], before[at], row[at - 1]];
  return Math.min(diagonal + (same ? 0 : 1), up + 1, left + 1);
}

/** One of the shortest ways from a text to an answer, in the order of both. */
export function alignTexts<T>(text: ArrayLike<T>, answer: ArrayLike<T>): Edit[] {
  const width = answer.length + 1;
  const rows = [Uint32Array.from({ length: width }, (_, index) => index)];
  for (let i = 1; i <= text.length; i++) {
    const row = new Uint32Array(width);
    row[0] = i;
    for (let j = 1; j < width; j++) {
      row[j] = leastChanges(rows[i - 1] as Uint32Array, row, j, text[i - 1] === answer[j - 1]);
    }
    rows.push(row);
  }
  const at = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
  const edits: Edit[] = [];
  let [i, j] = [text.length, answer.length];
  while (i > 0 || j > 0) {
    const changed = i > 0 && j > 0 ? at(i - 1, j - 1) + (text[i - 1] === answer[j - 1] ? 0 : 1) : Infinity;
    if (changed === at(i, j)) edits.push({ text: --i, answer: --j });
    else if (i > 0 && at(i - 1, j) + 1 === at(i, j)) edits.push({ text: --i, answer: undefined });
    else edits.push({ text: undefined, answer: --j });
  }
  return edits.reverse();
}
