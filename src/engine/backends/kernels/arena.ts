/** Bytes that everything begins at a multiple of: a line of the processor's caches. */
const LINE = 64;

/** Lays out a memory before there is one. Address 0 stays free and means "none". */
export class Arena {
  private readonly contents: { readonly at: number; readonly words: Int32Array }[] = [];

  /** @param end bytes that are taken already */
  constructor(private end = LINE) {}

  /** Bytes up to the end of what lies in it. */
  get bytes(): number {
    return this.end;
  }

  /** @returns the address of so many bytes, which begin at zero */
  reserve(bytes: number): number {
    const at = this.end;
    this.end = roundedUp(at + bytes, LINE);
    return at;
  }

  /** @returns the address of words that are to be there from the start */
  place(words: Int32Array): number {
    const at = this.reserve(words.byteLength);
    this.contents.push({ at, words });
    return at;
  }

  /** Writes what is to be there from the start. */
  fill(memory: Int32Array): void {
    for (const { at, words } of this.contents) memory.set(words, at / 4);
  }
}

export function roundedUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/**
 * Bytes from one row to the next of at least so many, such that rows do not lie upon each other in a cache: an odd
 * number of lines.
 */
export function apart(bytes: number): number {
  const lines = Math.ceil(bytes / LINE);
  return LINE * (lines % 2 === 0 ? lines + 1 : lines);
}
