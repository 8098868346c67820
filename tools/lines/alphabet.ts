/** What the bundled line model reads: the 94 printable ASCII characters without the space, in the order of code. */
export const CHARACTERS: readonly string[] = Array.from({ length: 94 }, (_, index) =>
  String.fromCharCode(33 + index),
);

/** Classes of a text without its blanks; undefined where it has other characters. */
export function classesOf(text: string): number[] | undefined {
  const classes = [...text.replaceAll(' ', '')].map((character) => character.charCodeAt(0) - 33);
  return classes.every((each) => each >= 0 && each < CHARACTERS.length) ? classes : undefined;
}

/** The text of classes. */
export function textOf(classes: Iterable<number>): string {
  return Array.from(classes, (each) => CHARACTERS[each] ?? '').join('');
}
