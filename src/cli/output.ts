/** Characters that a terminal obeys instead of showing them, and those that turn the direction of what follows. */
const OBEYED = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu;

/** A line of the result. */
export function print(line: string): void {
  process.stdout.write(`${shown(line)}\n`);
}

/** A line about the work, which is not its result. */
export function say(line: string): void {
  process.stderr.write(`${shown(line)}\n`);
}

/**
 * A text as a terminal shows it, whatever is in the names that it holds: control characters as JSON escapes them, which
 * leaves an object of JSON the same.
 */
export function shown(line: string): string {
  return line.replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
