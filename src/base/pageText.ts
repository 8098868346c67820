/** A character that was found, with whether a space stands before it. */
interface Placed {
  readonly space: boolean;
}

/**
 * The text of a page, with its indentation.
 *
 * @param lines from top to bottom; `indent` are the blanks before the first character
 * @param textOf a character
 */
export function pageText<C extends Placed>(
  lines: readonly { readonly indent?: number | undefined; readonly characters: readonly C[] }[],
  textOf: (character: C) => string,
): string {
  return lines
    .map(
      ({ indent = 0, characters }) =>
        ' '.repeat(indent) +
        characters.map((character) => (character.space ? ' ' : '') + textOf(character)).join(''),
    )
    .join('\n');
}
