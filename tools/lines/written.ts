import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Ink } from '../../src/ink/ink';
import type { Path } from '../../src/ink/lines/path';

/** A piece of real handwriting with its text, packed: there are two hundred thousand of them. */
export interface Packed {
  readonly id: string;
  readonly text: string;
  readonly writer: string;
  /** x and y of all strokes' points. */
  readonly points: Int16Array;
  /** Of each stroke the place behind its last point. */
  readonly ends: Uint16Array;
}

/** A piece of real handwriting with its text. */
export class Written {
  constructor(readonly packed: Packed) {}

  /** @param ink in whole numbers below 32,768 */
  static of(id: string, text: string, writer: string, ink: Ink): Written {
    let end = 0;
    return new Written({
      id,
      text,
      writer,
      points: Int16Array.from(ink.flatMap((stroke) => stroke.flatMap(([x, y]) => [x, y]))),
      ends: Uint16Array.from(ink, (stroke) => (end += stroke.length)),
    });
  }

  get id(): string {
    return this.packed.id;
  }

  get text(): string {
    return this.packed.text;
  }

  get writer(): string {
    return this.packed.writer;
  }

  paths(): Path[] {
    const { points, ends } = this.packed;
    let from = 0;
    return Array.from(ends, (end) => {
      const x = new Float32Array(end - from);
      const y = new Float32Array(end - from);
      for (let i = from; i < end; i++) {
        x[i - from] = points[2 * i] ?? 0;
        y[i - from] = points[2 * i + 1] ?? 0;
      }
      from = end;
      return { x, y };
    });
  }
}

/** The strokes as lists of points. */
export const inkOf = (written: Written): Ink =>
  written.paths().map(({ x, y }) => Array.from(x, (each, at) => [each, y[at] ?? 0] as const));

/** What learns and what measures: no writer is in both. */
export interface Parts {
  readonly train: Written[];
  readonly dev: Written[];
}

interface UnipenLine {
  readonly id: string;
  readonly writer: string;
  readonly label: string;
  readonly cut?: boolean;
  readonly dev?: boolean;
  readonly strokes: Ink;
}

/**
 * Reads a file of `data/ink/unipen`.
 *
 * @param cut whether characters that were cut from words are wanted too
 */
export async function readUnipen(file: string, cut = true): Promise<Parts> {
  const parts: Parts = { train: [], dev: [] };
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity });
  for await (const line of lines) {
    if (line === '') continue;
    const { id, writer, label, strokes, ...flags } = JSON.parse(line) as UnipenLine;
    if (flags.cut === true && !cut) continue;
    const kept = strokes.filter((stroke) => stroke.length > 0);
    if (kept.length > 0)
      parts[flags.dev === true ? 'dev' : 'train'].push(Written.of(id, label, writer, kept));
  }
  return parts;
}
