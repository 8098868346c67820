/** More of a text than so many characters is not shown. */
const LONGEST = 200;

/** What a text looks like on one line: its first one, with a sign where another follows, and spaces that stay. */
export function ghostLine(text: string): string {
  const [first = '', ...more] = text.split(/\r?\n/u);
  const line = more.length > 0 ? `${first}⏎` : first;
  const shown = line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
  return shown.replaceAll('\t', '    ').replaceAll(' ', '\u00a0');
}
