import type { Viewport } from '../base/viewport';
import type { PlacedClass } from './classes';
import type { ProjectorColors } from './colors';
import { cross, type Markers, RIGHT, WRONG } from './markers';
import type { Pixels } from './pixels';
import type { Area, Points, Spot } from './points';
import type { Thumbnails } from './thumbnails';

/** Pictures stand for points where no more of those that are lit show than these. */
const MOST_PICTURED = 700;
/** Sides of pictures, CSS pixels. */
const THUMBNAIL = 28;
const LARGE = 84;
const GAP = 6;
/** Of samples whose picture stands for their marker. */
const HIDDEN = 3;
/** Room about what shows in which markers and pictures reach into it. */
const MARGIN = 20;

export interface Scene {
  readonly points: Points;
  readonly classes: readonly PlacedClass[];
  readonly view: Viewport;
  readonly width: number;
  readonly height: number;
  readonly colors: ProjectorColors;
  readonly markers: Markers;
  /** What markers are drawn in, as large as the canvas. */
  readonly pixels: Pixels;
  readonly thumbnails: Thumbnails;
  /** Which samples are not dimmed. */
  readonly isLit: (at: number) => boolean;
  /** The one class whose name stands there; all where there is none. */
  readonly named: number | undefined;
  /** The sample that is pointed at. */
  readonly current: number | undefined;
  readonly selected: ReadonlySet<number>;
  /** A line that is being drawn around samples, CSS pixels. */
  readonly lasso: readonly Spot[];
}

/** What was drawn. */
export interface Drawn {
  readonly markers: number;
  readonly pictures: number;
}

/** Draws the part of the sheet that shows. */
export function paint(context: CanvasRenderingContext2D, scene: Scene, density: number): Drawn {
  const { points, width, height, isLit, current, lasso, colors } = scene;
  scene.thumbnails.drawIn(colors.ink);
  const visible = points.within(areaOf(scene.view, width, height, MARGIN));
  const lit = visible.filter(isLit);
  const pictured = lit.length <= MOST_PICTURED ? withRoom(scene, lit) : [];
  const markers = mark(scene, visible, new Set(pictured));
  scene.pixels.drawTo(context);
  context.setTransform(density, 0, 0, density, 0, 0);
  for (const at of pictured) picture(context, scene, at);
  for (const at of scene.selected) ring(context, scene, at);
  if (pictured.length === 0) names(context, scene);
  if (current !== undefined) pointedAt(context, scene, current);
  if (lasso.length > 1) drawLasso(context, lasso, colors);
  return { markers, pictures: pictured.length };
}

/** Draws markers, those that matter more above the others: dim ones, what is read right, what is not. */
function mark(scene: Scene, visible: Uint32Array, pictured: ReadonlySet<number>): number {
  const { points, classes, view, markers, pixels, isLit } = scene;
  const layers = Uint8Array.from(visible, (at) =>
    pictured.has(at) ? HIDDEN : isLit(at) ? (points.isWrong(at) ? 2 : 1) : 0,
  );
  pixels.clear();
  let marked = 0;
  for (let layer = 0; layer < HIDDEN; layer++) {
    visible.forEach((at, index) => {
      if (layers[index] !== layer) return;
      const { x, y } = onScreen(view, points.spot(at));
      const color = layer === 0 ? undefined : classes[points.truth(at)]?.color;
      markers.draw(pixels, color, points.isWrong(at) ? WRONG : RIGHT, x, y);
      marked++;
    });
  }
  return marked;
}

/** The part of the sheet that is on a screen. */
export function areaOf({ scale, x, y }: Viewport, width: number, height: number, margin = 0): Area {
  return {
    left: (-margin - x) / scale,
    top: (-margin - y) / scale,
    right: (width + margin - x) / scale,
    bottom: (height + margin - y) / scale,
  };
}

export function onScreen({ scale, x, y }: Viewport, spot: Spot): Spot {
  return { x: spot.x * scale + x, y: spot.y * scale + y };
}

/** Samples whose pictures do not cover each other, those that are wrong first. */
function withRoom({ points, view }: Scene, lit: Uint32Array): number[] {
  const side = THUMBNAIL + GAP;
  const taken = new Map<string, Spot>();
  const free = ({ x, y }: Spot) => {
    const [column, row] = [Math.floor(x / side), Math.floor(y / side)];
    for (let across = column - 1; across <= column + 1; across++) {
      for (let down = row - 1; down <= row + 1; down++) {
        const other = taken.get(`${across} ${down}`);
        if (other && Math.abs(other.x - x) < side && Math.abs(other.y - y) < side) return false;
      }
    }
    taken.set(`${column} ${row}`, { x, y });
    return true;
  };
  const wrong = lit.filter((at) => points.isWrong(at));
  const right = lit.filter((at) => !points.isWrong(at));
  return [...wrong, ...right].filter((at) => free(onScreen(view, points.spot(at))));
}

function picture(context: CanvasRenderingContext2D, scene: Scene, at: number): void {
  const { x, y } = onScreen(scene.view, scene.points.spot(at));
  scene.thumbnails.need(at);
  thumbnail(context, scene, at, x - THUMBNAIL / 2, y - THUMBNAIL / 2, THUMBNAIL);
}

function thumbnail(
  context: CanvasRenderingContext2D,
  { points, classes, colors, thumbnails }: Scene,
  at: number,
  left: number,
  top: number,
  side: number,
): void {
  const color = colors.classes[classes[points.truth(at)]?.color ?? 0] ?? colors.text;
  context.fillStyle = colors.paper;
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(left - 1, top - 1, side + 2, side + 2, 3);
  context.fill();
  context.stroke();
  context.imageSmoothingEnabled = side < 56;
  thumbnails.draw(context, at, left, top, side);
  if (points.isWrong(at)) cross(context, left + side, top, 4.5, color, colors.ground);
}

function ring(context: CanvasRenderingContext2D, { points, view, colors, markers }: Scene, at: number): void {
  const { x, y } = onScreen(view, points.spot(at));
  context.strokeStyle = colors.selected;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(x, y, markers.radius + 2.5, 0, 2 * Math.PI);
  context.stroke();
}

/** The names of classes in their middles; where two would cover each other the class with more samples has it. */
function names(context: CanvasRenderingContext2D, { classes, view, colors, named }: Scene): void {
  context.font = colors.font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const written: Area[] = [];
  const order = [...classes.keys()].sort((a, b) => (classes[b]?.count ?? 0) - (classes[a]?.count ?? 0));
  for (const at of order) {
    const of = classes[at];
    if (!of || of.count === 0 || (named !== undefined && named !== at)) continue;
    const { x, y } = onScreen(view, of.middle);
    const half = context.measureText(of.name).width / 2 + 2;
    const area = { left: x - half, right: x + half, top: y - 8, bottom: y + 8 };
    if (written.some((other) => overlap(area, other))) continue;
    written.push(area);
    context.lineWidth = 4;
    context.strokeStyle = colors.ground;
    context.strokeText(of.name, x, y);
    context.fillStyle = colors.text;
    context.fillText(of.name, x, y);
  }
}

function overlap(a: Area, b: Area): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The sample that is pointed at, with its picture beside it. */
function pointedAt(context: CanvasRenderingContext2D, scene: Scene, at: number): void {
  const { points, view, colors, markers, width, height, thumbnails } = scene;
  const { x, y } = onScreen(view, points.spot(at));
  context.strokeStyle = colors.ground;
  context.lineWidth = 5;
  context.beginPath();
  context.arc(x, y, markers.radius + 4, 0, 2 * Math.PI);
  context.stroke();
  context.strokeStyle = colors.focus;
  context.lineWidth = 2;
  context.stroke();
  thumbnails.need(at);
  const away = markers.radius + 14;
  const left = x + away + LARGE > width ? x - away - LARGE : x + away;
  const top = Math.min(Math.max(y - LARGE / 2, 8), height - LARGE - 8);
  thumbnail(context, scene, at, left, top, LARGE);
}

function drawLasso(context: CanvasRenderingContext2D, lasso: readonly Spot[], colors: ProjectorColors): void {
  context.beginPath();
  for (const { x, y } of lasso) context.lineTo(x, y);
  context.closePath();
  context.globalAlpha = 0.12;
  context.fillStyle = colors.text;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = colors.focus;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}
