import type { Box } from '../box';
import type { Component } from '../components';
import { inkIn } from './inkIn';
import { penWidthOf } from './parts';
import type { PenMask } from './penMask';
import type { Bitmap } from './skeleton';
import { tracesOf } from './traces';

/** Ink as a pen may have drawn what a picture shows. */
export interface DrawnInk {
  readonly ink: [x: number, y: number][][];
  readonly penWidth: number;
}

/** A part of a page by itself, with a pixel around it, where the skeleton looks; `left` and `top` are its place. */
export function bitmapOf(
  part: Component,
  width: number,
): Bitmap & { readonly left: number; readonly top: number } {
  const [left, top, across] = [part.left - 1, part.top - 1, part.right - part.left + 2];
  const ink = new Uint8Array(across * (part.bottom - part.top + 2));
  for (const at of part.pixels) {
    const column = at % width;
    ink[((at - column) / width - top) * across + column - left] = 1;
  }
  return { width: across, height: ink.length / across, ink, left, top };
}

/**
 * The strokes of what stands in a box, in the page's pixels.
 *
 * @returns undefined where there is no ink, or none of a pen
 */
export function drawnInk(mask: Pick<PenMask, 'width' | 'height' | 'ink'>, box: Box): DrawnInk | undefined {
  const part = inkIn(mask, box);
  if (part.pixels.length === 0) return undefined;
  const bitmap = bitmapOf(part, mask.width);
  const penWidth = penWidthOf(bitmap);
  const ink = tracesOf(bitmap, penWidth).map((trace) =>
    trace.map(([x, y]): [x: number, y: number] => [rounded(x + bitmap.left), rounded(y + bitmap.top)]),
  );
  return ink.length > 0 ? { ink, penWidth } : undefined;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
