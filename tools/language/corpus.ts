import { writtenLines } from '../../src/language/writtenLines';
import { lineHash } from './lineHash';
import { proseLines } from './proseLines';
import type { Source, SourcePart } from './sources';
import { wordLines } from './wordLines';

/** Lines to count, and lines of other files to measure on. */
export interface Corpus {
  readonly counted: string[];
  readonly heldOut: string[];
}

/** One file in so many is held out. */
const HELD_OUT_EVERY = 40;

/** A line of code is counted so often at most: licenses and tables recur. */
const REPEATS = 25;

/** Longer lines are data or squeezed by a machine. */
const LONGEST_LINE = 160;

export class CorpusBuilder {
  readonly code: Corpus = { counted: [], heldOut: [] };
  readonly prose: Corpus = { counted: [], heldOut: [] };
  private readonly seen = new Map<string, number>();

  /** Takes from a package what its parts say. Files come in an order that depends on their names only. */
  add(source: Source, files: ReadonlyMap<string, Buffer>): void {
    for (const part of source.parts) {
      const names = [...files.keys()].filter((name) => part.files.test(name));
      names.sort((a, b) => lineHash(a) - lineHash(b) || (a < b ? -1 : 1));
      let characters = 0;
      for (const name of names) {
        if (characters >= part.thousands * 1000) break;
        characters += this.addFile(part, name, files.get(name)?.toString('utf8') ?? '');
      }
    }
  }

  private addFile(part: SourcePart, name: string, text: string): number {
    const corpus = part.kind === 'code' ? this.code : this.prose;
    const heldOut = part.kind !== 'words' && lineHash(name) % HELD_OUT_EVERY === 0;
    const target = heldOut ? corpus.heldOut : corpus.counted;
    let characters = 0;
    const room = part.thousands * 1000;
    for (const line of this.linesOf(part, name, text)) {
      if (characters > room) break;
      target.push(line);
      characters += line.length;
    }
    return characters;
  }

  private linesOf({ kind }: SourcePart, name: string, text: string): Iterable<string> {
    if (kind === 'code') return this.codeLines(text);
    return kind === 'words' ? wordLines(text, name) : proseLines(text, kind === 'markdown');
  }

  /** Lines as they are written, one comment in four, none too often or too long. */
  private *codeLines(text: string): Iterable<string> {
    for (const line of writtenLines(text)) {
      if (line.length > LONGEST_LINE) continue;
      const hash = lineHash(line);
      if (/^(\*|\/\*|\/\/|# |""")/.test(line) && hash % 4 > 0) continue;
      const before = this.seen.get(line) ?? 0;
      if (before >= REPEATS) continue;
      this.seen.set(line, before + 1);
      yield line;
      // of some lines a piece, as one writes pieces
      if ((hash >>> 8) % 8 === 0) yield* piece(line, hash >>> 12);
    }
  }
}

/** A line from one of its words on. */
function* piece(line: string, random: number): Iterable<string> {
  const starts = [...line.matchAll(/(?<![\w$])[\w$]/g)].map(({ index }) => index).filter((at) => at > 0);
  if (starts.length > 0) yield line.slice(starts[random % starts.length]);
}
