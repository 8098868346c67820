import { type Box, boundsOf } from './box';

/** Pixels of ink that touch each other, corners included. */
export interface Component extends Box {
  /** Indices of its pixels, row by row numbers of the picture. */
  readonly pixels: readonly number[];
}

/**
 * The connected components of a mask, in reading order of their first pixels.
 *
 * @param isInk height x width, 1 where there is ink
 */
export function componentsOf(isInk: Uint8Array, width: number): Component[] {
  const height = isInk.length / width;
  const seen = new Uint8Array(isInk.length);
  const components: Component[] = [];
  isInk.forEach((ink, index) => {
    if (ink && !seen[index]) components.push(componentFrom(index, isInk, seen, { width, height }));
  });
  return components;
}

function componentFrom(
  start: number,
  isInk: Uint8Array,
  seen: Uint8Array,
  { width, height }: { width: number; height: number },
): Component {
  const pixels = [start];
  seen[start] = 1;
  // the array grows while it is walked
  for (const index of pixels) {
    const column = index % width;
    const row = (index - column) / width;
    for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
        const next = r * width + c;
        if (!isInk[next] || seen[next]) continue;
        seen[next] = 1;
        pixels.push(next);
      }
    }
  }
  return { ...boundsOf(pixels, width), pixels };
}
