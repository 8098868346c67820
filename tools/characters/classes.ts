/** What the bundled model can give: the 94 printable ASCII characters, in the order of their codes. */
export const BUNDLED_CLASSES: readonly string[] = Array.from({ length: 94 }, (_, index) =>
  String.fromCharCode(0x21 + index),
);

const INDEX = new Map(BUNDLED_CLASSES.map((character, index) => [character, index]));

/** The class of a character, or undefined where the bundled model has none. */
export function bundledClass(character: string): number | undefined {
  return INDEX.get(character);
}
