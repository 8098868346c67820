import { Atlas } from './atlas';
import type { Cell, CellList } from './cells';
import type { Colors } from './colors';
import { captionMiddle, type Layout, topOf, visiblePlaces } from './layout';
import type { PicturePage } from './pages';
import type { Selection } from './selection';

/** So much larger than they are pixels are shown as they are; smaller pictures are smoothed. */
const PIXELATED_FROM = 2;
/** A caption is set so much narrower before it is cut. */
const NARROWEST = 0.8;
const RADIUS = 3;
const EXCLUDED_OPACITY = 0.35;

/** Everything that one picture of the grid is made of. */
export interface Scene {
  readonly layout: Layout;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  readonly list: CellList;
  readonly selection: Selection;
  /** The place that the keyboard is at, while the grid has it. */
  readonly current: number | undefined;
  readonly colors: Colors;
}

/** Draws the part of a list that shows. */
export class Painter {
  private atlases = new WeakMap<PicturePage, Atlas>();
  private ink = '';

  constructor(
    /** Size of a sample's picture in pixels. */
    private readonly pictureWidth: number,
    private readonly pictureHeight: number,
  ) {}

  paint(context: CanvasRenderingContext2D, scene: Scene, density: number): void {
    const { layout, offset, width, height, list, colors } = scene;
    if (colors.ink !== this.ink) {
      this.ink = colors.ink;
      this.atlases = new WeakMap();
    }
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = layout.zoom < PIXELATED_FROM * this.pictureHeight;
    context.imageSmoothingQuality = 'medium';
    context.font = colors.font;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const [first, last] = visiblePlaces(layout, offset, height, list.total);
    for (let place = first; place <= last; place++) this.cell(context, scene, place, density);
  }

  private cell(context: CanvasRenderingContext2D, scene: Scene, place: number, density: number): void {
    const { layout, offset, list, colors, selection } = scene;
    const gap = layout.cellWidth - layout.pictureWidth;
    const left = layout.left + (place % layout.columns) * layout.cellWidth;
    const top = topOf(layout, Math.floor(place / layout.columns)) - offset;
    // whole device pixels, or every picture would blur differently
    const x = Math.round((left + gap / 2) * density) / density;
    const y = Math.round((top + gap / 2) * density) / density;
    const chosen = selection.has(place);
    if (chosen)
      this.box(context, x - gap / 2 + 0.5, y - gap / 2 + 0.5, layout, colors.selected, colors.selectedBorder);
    this.paper(context, x, y, layout, colors);
    const cell = list.cell(place);
    if (cell) this.picture(context, scene, place, cell, x, y);
    if (scene.current === place) {
      this.box(context, x - gap / 2 + 1, y - gap / 2 + 1, layout, undefined, colors.focus, 2);
    }
    if (cell) this.caption(context, scene, cell, x, y, chosen);
  }

  private paper(
    context: CanvasRenderingContext2D,
    x: number,
    y: number,
    { pictureWidth, zoom }: Layout,
    colors: Colors,
  ): void {
    context.fillStyle = colors.paper;
    context.beginPath();
    context.roundRect(x, y, pictureWidth, zoom, RADIUS);
    context.fill();
    if (colors.border === 'transparent') return;
    context.strokeStyle = colors.border;
    context.lineWidth = 1;
    context.stroke();
  }

  private picture(
    context: CanvasRenderingContext2D,
    { list, layout, colors }: Scene,
    place: number,
    { excluded, relabeled }: Cell,
    x: number,
    y: number,
  ): void {
    const { page, at } = list.pages.at(place);
    if (!page) return;
    context.globalAlpha = excluded ? EXCLUDED_OPACITY : 1;
    const { pictureWidth, zoom } = layout;
    this.atlas(page).draw(context, at, x, y, { width: pictureWidth, height: zoom });
    context.globalAlpha = 1;
    if (excluded) strike(context, x, y, layout, colors.label);
    if (relabeled) corner(context, x + pictureWidth, y, zoom, colors.relabeled);
  }

  private caption(
    context: CanvasRenderingContext2D,
    { layout, colors }: Scene,
    { caption, strong, relabeled }: Cell,
    x: number,
    y: number,
    chosen: boolean,
  ): void {
    const usual = chosen ? colors.selectedLabel : colors.label;
    const first = relabeled ? colors.relabeled : strong && !chosen ? colors.ink : usual;
    for (let line = 0; line < layout.lines; line++) {
      context.fillStyle = line === 0 ? first : usual;
      const middle = y + captionMiddle(layout, line);
      const most = layout.cellWidth - 2;
      const text = shortened(context, caption[line] ?? '', most / NARROWEST);
      context.fillText(text, x + layout.pictureWidth / 2, middle, most);
    }
  }

  private box(
    context: CanvasRenderingContext2D,
    x: number,
    y: number,
    { cellWidth, cellHeight }: Layout,
    fill: string | undefined,
    stroke: string,
    lineWidth = 1,
  ): void {
    const inset = lineWidth;
    context.beginPath();
    context.roundRect(x, y, cellWidth - inset, cellHeight - inset, RADIUS + 1);
    if (fill) {
      context.fillStyle = fill;
      context.fill();
    }
    context.strokeStyle = stroke;
    context.lineWidth = lineWidth;
    context.stroke();
  }

  private atlas(page: PicturePage): Atlas {
    let atlas = this.atlases.get(page);
    if (!atlas) {
      atlas = new Atlas(page, this.pictureWidth, this.pictureHeight, this.ink);
      this.atlases.set(page, atlas);
    }
    return atlas;
  }
}

/** A text, cut where it is wider than that. */
function shortened(context: CanvasRenderingContext2D, text: string, most: number): string {
  const { width } = context.measureText(text);
  if (width <= most) return text;
  return `${text.slice(0, Math.max(1, Math.floor((text.length * most) / width) - 1))}…`;
}

/** The line through a sample that is left out: opacity alone would be lost on pale strokes. */
function strike(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  { pictureWidth, zoom }: Layout,
  color: string,
): void {
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x + 3, y + zoom - 3);
  context.lineTo(x + pictureWidth - 3, y + 3);
  context.stroke();
}

/** The folded corner of a sample that was given another class. */
function corner(
  context: CanvasRenderingContext2D,
  right: number,
  top: number,
  side: number,
  color: string,
): void {
  const size = Math.max(5, side / 8);
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(right - size, top);
  context.lineTo(right, top);
  context.lineTo(right, top + size);
  context.fill();
}
