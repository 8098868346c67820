import type { Box } from '../../src/protocol/pageText';

/** Which part of a page is on screen: CSS pixels are page pixels times the scale, moved. */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const MARGIN = 8;
/** CSS pixels a page pixel, at most. */
const NEAREST = 16;

/** The whole page, in the middle. */
export function whole(page: Size, screen: Size): Viewport {
  const fitting = Math.min(
    (screen.width - 2 * MARGIN) / page.width,
    (screen.height - 2 * MARGIN) / page.height,
  );
  const scale = Math.min(NEAREST, Math.max(fitting, 1e-3));
  return {
    scale,
    x: (screen.width - page.width * scale) / 2,
    y: (screen.height - page.height * scale) / 2,
  };
}

/** Nearer or further by a factor, about a place on screen that stays where it is. */
export function zoomed(
  view: Viewport,
  factor: number,
  at: { x: number; y: number },
  page: Size,
  screen: Size,
): Viewport {
  const least = Math.min(whole(page, screen).scale, NEAREST);
  const scale = Math.min(NEAREST, Math.max(least, view.scale * factor));
  const by = scale / view.scale;
  return kept({ scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }, page, screen);
}

/** Keeps some of the page on screen. */
export function kept({ scale, x, y }: Viewport, page: Size, screen: Size): Viewport {
  const within = (at: number, length: number, room: number) =>
    length <= room ? (room - length) / 2 : Math.min(MARGIN, Math.max(room - length - MARGIN, at));
  return {
    scale,
    x: within(x, page.width * scale, screen.width),
    y: within(y, page.height * scale, screen.height),
  };
}

/** Moves a box on screen where it is not. */
export function showing(view: Viewport, box: Box, page: Size, screen: Size): Viewport {
  const move = (at: number, from: number, to: number, room: number) => {
    const [first, last] = [from * view.scale + at, to * view.scale + at];
    if (first < MARGIN) return at + MARGIN - first;
    return last > room - MARGIN ? at + room - MARGIN - last : at;
  };
  return kept(
    {
      scale: view.scale,
      x: move(view.x, box.left, box.right, screen.width),
      y: move(view.y, box.top, box.bottom, screen.height),
    },
    page,
    screen,
  );
}
