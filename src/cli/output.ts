/** A line of the result. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A line about the work, which is not its result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
