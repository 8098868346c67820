import { largestOf } from '../../base/vectors';
import { componentsOf, type Component } from '../components';
import { PictureError } from '../errors';
import { withoutBinding } from './binding';
import type { PenMask } from './penMask';

/** Of the square of the pen's width: less ink is a speck and no dot. */
const SPECK = 0.4;
/** As small, in squares of the pen's width, and paler than this share of the pen's strength, is paper. */
const SMALL = 4;
const PALE = 0.7;
/** A part is taken for a character's body from this many widths of the pen on. */
const BODY = 2.5;
/** Of the taller parts' height: lower ones do not say how tall characters are. */
const TALL = 0.4;
/** What reaches the picture's edge and is as many heights long is the table or the page's own edge. */
const LONG = 4;
/** More parts than this are texture, not writing. */
const MOST_PARTS = 20_000;

/** The parts that a page's writing is made of. */
export interface Writing {
  readonly parts: readonly Component[];
  /** Usual width of a stroke, in pixels. */
  readonly penWidth: number;
  /** Usual height of a character, in pixels. */
  readonly height: number;
}

/**
 * Takes a mask of ink apart into what hangs together, without specks and what is no writing.
 *
 * @throws PictureError where nothing or too much is left
 */
export function partsOf(mask: PenMask): Writing {
  const penWidth = penWidthOf(mask);
  const found = componentsOf(mask.ink, mask.width).filter((part) => !isSpeck(part, mask, penWidth));
  const all = withoutBinding(found, mask);
  if (all.length === 0) {
    throw new PictureError('The picture shows no character: use one with more contrast.');
  }
  if (all.length > MOST_PARTS) {
    throw new PictureError(
      'The picture has more specks than characters: cut it to the writing, in better light.',
    );
  }
  const height = characterHeight(all, penWidth);
  const parts = all.filter((part) => !isBackground(part, mask, height));
  // a character that fills the picture from edge to edge is one nevertheless
  return { parts: parts.length > 0 ? parts : all, penWidth, height };
}

/** Twice the ink over its outline: a long stroke's width. */
export function penWidthOf({ width, ink }: Pick<PenMask, 'width' | 'ink'>): number {
  let [area, outline] = [0, 0];
  for (let at = 0; at < ink.length; at++) {
    if (!ink[at]) continue;
    area++;
    if (!ink[at - 1] || !ink[at + 1] || !ink[at - width] || !ink[at + width]) outline++;
  }
  return Math.max(1, (2 * area) / Math.max(1, outline));
}

function isSpeck({ pixels }: Component, { pen, threshold }: PenMask, penWidth: number): boolean {
  if (pixels.length < SPECK * penWidth ** 2) return true;
  if (pixels.length >= SMALL * penWidth ** 2) return false;
  return pixels.every((at) => (pen[at] ?? 0) < PALE * threshold.ink);
}

/** The middle height of those parts that are no dots or dashes. */
function characterHeight(parts: readonly Component[], penWidth: number): number {
  const heights = (least: number) =>
    parts
      .map(({ top, bottom }) => bottom - top)
      .filter((height) => height >= least)
      .sort((a, b) => a - b);
  const bodies = heights(BODY * penWidth);
  const tall = bodies[Math.floor(0.8 * bodies.length)];
  if (tall === undefined) {
    // dots and dashes alone
    return largestOf(parts.map(({ left, right, top, bottom }) => Math.max(right - left, bottom - top)));
  }
  const characters = bodies.filter((height) => height >= TALL * tall);
  return characters[characters.length >> 1] ?? tall;
}

function isBackground({ left, top, right, bottom }: Component, mask: PenMask, height: number): boolean {
  const atEdge = left <= 1 || top <= 1 || right >= mask.width - 1 || bottom >= mask.height - 1;
  const length = Math.max(right - left, bottom - top);
  return atEdge && length > LONG * height && length > 0.1 * Math.max(mask.width, mask.height);
}
