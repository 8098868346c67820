import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Frames } from '../../src/engine/recognition/lines/frames';

/** What the network said of a line that somebody wrote, and what it was. */
export interface Reading {
  /** the kind of lines it is of, as `words` */
  readonly set: string;
  readonly writer: string;
  readonly label: string;
  /** VS Code's language id */
  readonly language: string;
  /** words that the text may hold */
  readonly lexicon: readonly string[];
  readonly frames: Frames;
}

/** A line of the file: arrays as base64 of 32-bit floats. */
interface StoredReading extends Omit<Reading, 'frames'> {
  readonly characters: readonly string[];
  readonly count: number;
  readonly logProbabilities: string;
  readonly gaps: string;
}

/** Reads what a line network said of lines: JSON Lines, gzip, as npm run dump:readings writes them. */
export async function readReadings(file: string): Promise<Reading[]> {
  const readings: Reading[] = [];
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()) });
  for await (const line of lines) {
    const { characters, count, logProbabilities, gaps, ...rest } = JSON.parse(line) as StoredReading;
    const frames = { characters, count, logProbabilities: floats(logProbabilities), gaps: floats(gaps) };
    readings.push({ ...rest, frames });
  }
  return readings;
}

/** A line of the file. */
export function storedReading({ frames, ...rest }: Reading): string {
  const { characters, count, logProbabilities, gaps = new Float32Array(count) } = frames;
  const stored: StoredReading = {
    ...rest,
    characters,
    count,
    logProbabilities: textOf(logProbabilities),
    gaps: textOf(gaps),
  };
  return `${JSON.stringify(stored)}\n`;
}

function textOf(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function floats(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
