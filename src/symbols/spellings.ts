/** How a character is written where it does not stand for itself. */
export interface Spelling {
  /** Typst's name of it, such as `arrow.r`. */
  readonly typst?: string;
  /** Its HTML entity without `&` and `;`. */
  readonly entity?: string;
  /** What Lean's editor turns into it, such as `\to`. */
  readonly lean?: string;
}

/** Spellings of characters. */
export type Spellings = ReadonlyMap<string, Spelling>;

/** Reads the text of `media/symbolSpellings.tsv`. */
export function parseSpellings(text: string): Spellings {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('# '));
  return new Map(
    lines.map((line) => {
      const [character = '', typst = '', entity = '', lean = ''] = line.split('\t');
      return [character, { ...(typst && { typst }), ...(entity && { entity }), ...(lean && { lean }) }];
    }),
  );
}
