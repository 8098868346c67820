import * as z from 'zod/mini';
import { type Ink, type Picture, pictureSchema, type Stroke } from '../../src/protocol/ink';
import { countSchema } from '../../src/protocol/pages/number';
import type { Drawn } from '../../src/protocol/pages/pad';
import { boxOf, heightOf } from './box';
import { onEndlessRows } from './endlessRow';
import { fitInk, type Place, placeSchema, type Size, sizeSchema } from './frame';
import { History, historySchema } from './history';
import type { Readable } from './recognizer';
import { behindSpace, drawnSpaces, strokesBehindSpaces } from './repair/drawnSpaces';
import { isOnLines, rowOf, rule, type Ruling } from './ruling';

export const paperSchema = z.object({
  history: historySchema,
  frame: z.optional(sizeSchema),
  offset: placeSchema,
  sample: z.optional(pictureSchema),
  /** Strokes of the ink that a space was drawn before, from 0. */
  spaces: z.optional(z.array(countSchema)),
});
export type PaperState = z.infer<typeof paperSchema>;

const ORIGIN: Place = { x: 0, y: 0 };
/**
 * Width of the pen that the networks are to see, in heights of what was written: as wide as EMNIST's pens are against
 * EMNIST's characters. It is wider than the line on the screen.
 */
const PEN_SHARE = 0.083;
/** Height of capitals, in heights of small letters. */
const CAPITAL = 1.85;
/** From this share of the width on a row is so full that the paper moves on. */
const FULL = 0.72;
/** What is left in sight of a row when the paper moves on, as a share of the width. */
const LEFT_IN_SIGHT = 0.35;

/** The paper: the ink on it, what was done to it, its guide lines, and which part of it is in sight. */
export class Paper {
  private past = History.EMPTY;
  /** The frame of the ink: the pad as it was when the first stroke was drawn. */
  frame: Size | undefined;
  /** The corner of what is in sight, in the frame's unit. */
  offset = ORIGIN;
  /** The picture of a sample, until something is drawn. */
  sample: Picture | undefined;
  /** Width of the pen of ink that was written elsewhere. */
  private foreignPen: number | undefined;
  /** Whether its guide lines are shown: nobody writes on hidden ones. */
  showsLines = true;

  get history(): History {
    return this.past;
  }

  get ink(): Ink {
    return this.past.ink;
  }

  get isEmpty(): boolean {
    return this.ink.length === 0 && !this.sample;
  }

  get ruling(): Ruling | undefined {
    return this.frame && rule(this.frame);
  }

  /** What is there to be read: rows that wrap are one. */
  content(ink: Ink = this.ink): Readable {
    return this.sample ?? this.unwrapped(ink);
  }

  /** The same with a stroke that is still being drawn, in the frame that it is drawn in. */
  contentWith(stroke: Stroke, frame: Size): Readable {
    this.frame ??= frame;
    return this.unwrapped([...this.ink, stroke]);
  }

  /** The ink as a sample, if there is any. */
  get drawn(): Drawn | undefined {
    if (this.ink.length === 0) return undefined;
    const ink = this.unwrapped(this.ink);
    const guide = this.guide(ink);
    return { ink, penWidth: this.penWidth(this.ink), ...(guide && { guide }) };
  }

  /** Width of the pen in the frame's unit. */
  penWidth(ink: Ink): number {
    if (this.foreignPen !== undefined) return this.foreignPen;
    const tallest = Math.max(0, ...ink.map((stroke) => heightOf(boxOf([stroke]))));
    return PEN_SHARE * Math.max(tallest, CAPITAL * (this.ruling?.xHeight ?? 0), 1);
  }

  /** The lines that ink was written on, if it was. */
  guide(ink: Ink): { baseline: number; xHeight: number; pitch: number } | undefined {
    const { ruling } = this;
    if (!ruling || !this.showsLines || this.foreignPen !== undefined) return undefined;
    if (ink.length === 0 || !isOnLines(ink, ruling)) return undefined;
    const { baseline, xHeight, pitch } = ruling;
    const first = Math.min(
      ...ink.map((stroke) => {
        const { top, bottom } = boxOf([stroke]);
        return rowOf(ruling, top, bottom);
      }),
    );
    return { baseline: baseline + first * pitch, xHeight, pitch };
  }

  /** Which strokes begin behind a space that was drawn. */
  get spaces(): number[] {
    return this.ruling ? drawnSpaces(this.ink, this.ruling) : [];
  }

  draw(stroke: Stroke, frame: Size): void {
    this.frame = frame;
    this.change(this.past.draw(stroke));
    this.reveal();
  }

  /** Other ink instead of what is there, as one step that can be undone. */
  replace(ink: Ink): void {
    this.change(this.past.replace(ink));
  }

  clear(): void {
    this.change(this.past.clear());
  }

  undo(): void {
    this.change(this.past.undo());
    this.reveal();
  }

  redo(): void {
    this.change(this.past.redo());
    this.reveal();
  }

  /** Starts over with these strokes, or goes back to what was there before. */
  restart(history: History): void {
    this.change(history);
    this.reveal();
  }

  /** Lays a sample of a dataset on the paper; undo brings back what was there. */
  layInk(ink: Ink, penWidth: number | undefined, paper: Size): void {
    const { fitted, scale } = fitInk(ink, paper);
    this.frame = paper;
    this.change(this.past.replace(fitted));
    this.foreignPen = penWidth === undefined ? this.penWidth(fitted) : penWidth * scale;
  }

  layPicture(picture: Picture): void {
    this.change(this.past.clear());
    this.sample = picture;
  }

  /** Moves on where the row that was written in last is full; says whether it did. */
  moveOn(): boolean {
    const { frame, ruling } = this;
    const last = this.ink.at(-1);
    if (!frame || !ruling || !last || this.foreignPen !== undefined || !isOnLines(this.ink, ruling))
      return false;
    const { right, top, bottom } = boxOf([last]);
    if (right - this.offset.x < FULL * frame.width) return false;
    const next = ruling.wraps
      ? { x: 0, y: this.forRow(rowOf(ruling, top, bottom) + 1, ruling, frame) }
      : { x: Math.max(this.offset.x, right - LEFT_IN_SIGHT * frame.width), y: this.offset.y };
    const moved = next.x !== this.offset.x || next.y !== this.offset.y;
    this.offset = next;
    return moved;
  }

  /** Moves what is in sight, as a wheel does; not beyond the ink. */
  scroll(x: number, y: number): void {
    const { frame } = this;
    if (!frame || this.ink.length === 0) return;
    const { right, bottom } = boxOf(this.ink);
    const within = (at: number, end: number, room: number) =>
      Math.min(Math.max(0, at), Math.max(0, end - (1 - FULL) * room));
    this.offset = {
      x: within(this.offset.x + x, right, frame.width),
      y: within(this.offset.y + y, bottom, frame.height),
    };
  }

  toState(): PaperState {
    const { frame, offset, sample } = this;
    return { history: this.past.toState(), frame, offset, sample, spaces: strokesBehindSpaces(this.ink) };
  }

  restore({ history, frame, offset, sample, spaces = [] }: PaperState): void {
    this.past = History.from(history);
    this.frame = frame;
    this.offset = offset;
    this.sample = sample;
    for (const at of spaces) {
      const stroke = this.ink[at];
      if (stroke) behindSpace(stroke);
    }
  }

  private change(history: History): void {
    this.past = history;
    this.sample = undefined;
    if (history.ink.length === 0) this.foreignPen = undefined;
    if (history.ink.length === 0) this.offset = ORIGIN;
    if (!history.canUndo && !history.canRedo) this.frame = undefined;
  }

  /** Shows where the last stroke lies, if that is out of sight. */
  private reveal(): void {
    const last = this.ink.at(-1);
    const { frame } = this;
    if (!last || !frame) return;
    const { left, right, top, bottom } = boxOf([last]);
    const { x, y } = this.offset;
    const inSight = (at: number, from: number, to: number, room: number) =>
      to >= at && from <= at + room ? at : Math.max(0, to - FULL * room);
    const next = { x: inSight(x, left, right, frame.width), y: inSight(y, top, bottom, frame.height) };
    if (next.x !== x || next.y !== y) this.offset = next;
  }

  /** How far the paper has to move up to show a row whole. */
  private forRow(row: number, { pitch }: Ruling, { height }: Size): number {
    return Math.max(this.offset.y, (row + 1) * pitch - height);
  }

  private unwrapped(ink: Ink): Ink {
    const { frame, ruling } = this;
    const isRuled = frame && ruling && this.foreignPen === undefined && isOnLines(ink, ruling);
    return isRuled ? onEndlessRows(ink, ruling, frame.width) : ink;
  }
}
