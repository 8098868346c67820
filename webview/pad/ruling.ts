import type { Ink } from '../../src/protocol/ink';
import { boxOf } from './box';
import type { Size } from './frame';

/** The guide lines of a paper: rows of equal height that go on below each other and to the right. */
export interface Ruling {
  /** y of the first base line. */
  readonly baseline: number;
  /** Height of small letters. */
  readonly xHeight: number;
  /** From one base line to the next. */
  readonly pitch: number;
  /** Whether a full row goes on in the row below; a wide paper goes on to the right. */
  readonly wraps: boolean;
}

/** What letters reach above the base line and below it, in heights of small letters. */
const ASCENT = 1.9;
const DESCENT = 0.75;
/** Height of the reading under a row, in the frame's pixels. */
export const READING_HEIGHT = 24;
/** As people write who have room; in a narrow paper a row shall hold some letters. */
const LARGEST = 30;
const SMALLEST = 12;
const LETTERS_IN_NARROW_ROW = 7;
/** Papers narrower than this wrap. */
const WIDE = 480;
/** Ink that is taller than this many rows was not written on the lines. */
const TALLEST = 1.2;

/** The lines that a paper of this size has: as many rows as fit. */
export function rule({ width, height }: Size): Ruling {
  const inOneRow = (height - READING_HEIGHT) / (ASCENT + DESCENT);
  const fitting = Math.min(width / LETTERS_IN_NARROW_ROW, inOneRow, LARGEST);
  const xHeight = Math.max(SMALLEST, fitting);
  const needed = (ASCENT + DESCENT) * xHeight + READING_HEIGHT;
  const pitch = Math.max(needed, height / Math.max(1, Math.floor(height / needed)));
  return { baseline: (pitch - needed) / 2 + ASCENT * xHeight, xHeight, pitch, wraps: width < WIDE };
}

/** y of the lower end of what letters of a row reach. */
export function descentOf({ baseline, xHeight, pitch }: Ruling, row: number): number {
  return baseline + row * pitch + DESCENT * xHeight;
}

/** The row that most of a stroke lies in, from 0. */
export function rowOf({ baseline, xHeight, pitch }: Ruling, top: number, bottom: number): number {
  const middle = baseline - 0.6 * xHeight;
  return Math.max(0, Math.round(((top + bottom) / 2 - middle) / pitch));
}

/** Whether ink was written on the lines, rather than large across them. */
export function isOnLines(ink: Ink, { pitch }: Ruling): boolean {
  return ink.every((stroke) => {
    const { top, bottom } = boxOf([stroke]);
    return bottom - top <= TALLEST * pitch;
  });
}
