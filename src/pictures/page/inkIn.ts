import { type Box, boundsOf } from '../box';
import { type Component, componentsOf } from '../components';
import type { PenMask } from './penMask';

/** Ink that hangs together is a box's own where at least this share of it lies in the box. */
const OWN = 0.3;

/** The ink in a box, without what only stands into it from its neighbors. */
export function inkIn(mask: Pick<PenMask, 'width' | 'height' | 'ink'>, box: Box): Component {
  const inside = clipped(box, mask);
  // as much around it as tells whose a stroke is
  const around = clipped(grown(box), mask);
  const width = Math.max(1, around.right - around.left);
  const onPage = (at: number) => {
    const column = at % width;
    return ((at - column) / width + around.top) * mask.width + column + around.left;
  };
  const ink = new Uint8Array(width * Math.max(0, around.bottom - around.top));
  for (let at = 0; at < ink.length; at++) ink[at] = mask.ink[onPage(at)] ?? 0;
  const pixels = componentsOf(ink, width).flatMap((part) => {
    const own = part.pixels.map(onPage).filter((at) => contains(inside, at, mask.width));
    return own.length >= OWN * part.pixels.length ? own : [];
  });
  return { ...boundsOf(pixels, mask.width), pixels };
}

function grown({ left, top, right, bottom }: Box): Box {
  const reach = Math.max(right - left, bottom - top);
  return { left: left - reach, top: top - reach, right: right + reach, bottom: bottom + reach };
}

function clipped(
  { left, top, right, bottom }: Box,
  { width, height }: { width: number; height: number },
): Box {
  return {
    left: Math.max(0, Math.floor(left)),
    top: Math.max(0, Math.floor(top)),
    right: Math.min(width, Math.ceil(right)),
    bottom: Math.min(height, Math.ceil(bottom)),
  };
}

function contains({ left, top, right, bottom }: Box, at: number, width: number): boolean {
  const column = at % width;
  const row = (at - column) / width;
  return column >= left && column < right && row >= top && row < bottom;
}
