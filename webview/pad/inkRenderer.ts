import { getStroke } from 'perfect-freehand';
import type { Ink, Stroke } from '../../src/protocol/ink';
import type { Fit } from './frame';

/** Width of a stroke at middle pressure, in the frame's pixels. */
const WIDTH = 5;

/** How much is seen of the way of the pen's other end. */
const ERASING = 0.25;

/** Outlines of finished strokes: a stroke never changes once it is drawn. */
const outlines = new WeakMap<Stroke, Path2D>();

/**
 * Draws ink as smooth outlines that swell with the pressure, or with the speed where there is none.
 *
 * @param fit where the ink's frame lies on the pad
 * @param density device pixels in a CSS pixel
 * @param live the stroke under the pen, whose end may still move
 * @param erases whether that is the pen's other end
 */
export function drawInk(
  context: CanvasRenderingContext2D,
  ink: Ink,
  live: Stroke | undefined,
  { scale, left, top }: Fit,
  density: number,
  erases: boolean,
): void {
  const { canvas } = context;
  context.resetTransform();
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(density * scale, 0, 0, density * scale, density * left, density * top);
  context.fillStyle = getComputedStyle(canvas).color;
  for (const stroke of ink) context.fill(finished(stroke));
  if (!live) return;
  context.globalAlpha = erases ? ERASING : 1;
  context.fill(outline(live, false));
  context.globalAlpha = 1;
}

function finished(stroke: Stroke): Path2D {
  let path = outlines.get(stroke);
  if (!path) outlines.set(stroke, (path = outline(stroke, true)));
  return path;
}

function outline(stroke: Stroke, last: boolean): Path2D {
  const hasPressure = stroke.some(([, , , pressure]) => pressure !== undefined);
  const points = getStroke(
    stroke.map(([x, y, , pressure]) => [x, y, pressure ?? 0.5]),
    { size: WIDTH, thinning: 0.45, smoothing: 0.6, streamline: 0.35, simulatePressure: !hasPressure, last },
  );
  return smooth(points);
}

/** A closed curve through the middles of the outline's edges. */
function smooth(points: [number, number][]): Path2D {
  const path = new Path2D();
  const end = points.at(-1);
  if (!end) return path;
  let [x, y] = end;
  points.forEach(([nextX, nextY], index) => {
    const middle = [(x + nextX) / 2, (y + nextY) / 2] as const;
    if (index === 0) path.moveTo(...middle);
    else path.quadraticCurveTo(x, y, ...middle);
    [x, y] = [nextX, nextY];
  });
  path.closePath();
  return path;
}
