import type { PhotographOptions } from '../photograph';
import { PictureError } from '../errors';
import { withoutSurroundings } from '../sheet';
import { cutPart, type Fragment } from './cutting';
import { darknessOfPen, hasDarkPenOnPage } from './paper';
import { partsOf, type Writing } from './parts';
import { penMask, type PenMask } from './penMask';
import type { Raster } from './raster';
import { ruledLines } from './ruledLines';
import { textLines } from './textLines';

/** A line of writing, cut into what may be characters or pieces of them, from left to right. */
export interface PageLine {
  readonly fragments: readonly Fragment[];
  /** How far the line falls a pixel to the right. */
  readonly slope: number;
}

/** What a page's writing was found to be. */
export interface SegmentedPage extends Writing {
  readonly mask: PenMask;
  /** From top to bottom. */
  readonly lines: readonly PageLine[];
}

/**
 * The ink of a page: light and paper taken out, ruled lines and squares removed.
 *
 * @throws PictureError where there is none
 */
export function inkOfPage(picture: Raster, { pen = 'auto', threshold }: PhotographOptions): PenMask {
  const sheet = pen === 'light' ? picture : withoutSurroundings(picture);
  const dark = sheet !== picture || (pen === 'auto' ? hasDarkPenOnPage(picture) : pen === 'dark');
  const mask = penMask(darknessOfPen(sheet, dark), threshold === 'local');
  if (!mask) throw new PictureError('The picture shows no character: use one with more contrast.');
  const ruled = ruledLines(mask);
  const ink = mask.ink.map((inked, at) => (ruled[at] ? 0 : inked));
  // a page of nothing but long strokes is no ruled paper
  if (!ink.includes(1)) return mask;
  return { ...mask, ink, pen: mask.pen.map((value, at) => (ruled[at] ? 0 : value)) };
}

/**
 * Finds the lines of a page's ink, and on each of them what may be characters.
 *
 * @throws PictureError where there is no writing, or too much to be some
 */
export function segmentPage(mask: PenMask): SegmentedPage {
  const writing = partsOf(mask);
  const { penWidth, height } = writing;
  const lines = textLines(writing.parts, height).map(({ parts, slope }) => ({
    slope,
    fragments: parts
      .flatMap((part) => cutPart(part, { width: mask.width, penWidth, height }))
      .sort((a, b) => a.left + a.right - b.left - b.right),
  }));
  return { ...writing, mask, lines };
}
