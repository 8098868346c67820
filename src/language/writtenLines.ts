/** Lines as they are written by hand: without indentation, blanks behind each other being one. Empty lines are left out. */
export function writtenLines(text: string): string[] {
  const lines = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const written = line.replace(/\s+/g, ' ').trim();
    if (written) lines.push(written);
  }
  return lines;
}

/** What stands before the cursor in its line, as it is written by hand: at most its last `length` characters. */
export function beforeInLine(text: string, length: number): string {
  const line = text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
  return line.replace(/\s+/g, ' ').trimStart().slice(-length);
}

/** What stands behind the cursor in its line: at most its first `length` characters. */
export function behindInLine(text: string, length: number): string {
  const end = text.search(/[\r\n]/);
  return (end < 0 ? text : text.slice(0, end)).replace(/\s+/g, ' ').slice(0, length);
}
