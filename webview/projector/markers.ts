import { CLASS_COLORS, type ProjectorColors } from './colors';
import { Mark, type Pixels } from './pixels';

/** What a marker looks like. */
export const RIGHT = 0;
export const WRONG = 1;

/**
 * The markers of samples, drawn once and then copied: a dot for what is read right, a cross for what is not; one of each
 * in each class's color, and a dim one.
 */
export class Markers {
  /** Side of one marker in the screen's own pixels. */
  private readonly side: number;
  /** A dot and a cross for each color, the dim ones last. */
  private readonly marks: readonly Mark[];

  constructor(
    colors: ProjectorColors,
    /** Of a dot, CSS pixels. */
    readonly radius: number,
    private readonly density: number,
  ) {
    this.side = Math.ceil((2 * radius + 5) * density);
    const canvas = new OffscreenCanvas(this.side, this.side);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const middle = this.side / 2 / density;
    const drawn = (opacity: number, draw: (context: OffscreenCanvasRenderingContext2D) => void): Mark[] => {
      if (!context) return [];
      context.setTransform(density, 0, 0, density, 0, 0);
      context.clearRect(0, 0, this.side, this.side);
      context.globalAlpha = opacity;
      draw(context);
      return [new Mark(context.getImageData(0, 0, this.side, this.side))];
    };
    this.marks = [...colors.classes, colors.dimmed].flatMap((color, at) => {
      const dim = at === CLASS_COLORS;
      return [
        ...drawn(dim ? 0.3 : 0.85, (on) => dot(on, middle, middle, radius, color)),
        ...drawn(dim ? 0.4 : 1, (on) => cross(on, middle, middle, radius, color, colors.ground)),
      ];
    });
  }

  /**
   * Draws a marker.
   *
   * @param color index of a class's color; undefined is the dim one
   * @param x of its middle, CSS pixels, as y
   */
  draw(
    pixels: Pixels,
    color: number | undefined,
    look: typeof RIGHT | typeof WRONG,
    x: number,
    y: number,
  ): void {
    const { side, density } = this;
    const corner = (at: number) => Math.round(at * density - side / 2);
    this.marks[2 * (color ?? CLASS_COLORS) + look]?.drawTo(pixels, corner(x), corner(y));
  }
}

type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

function dot(context: Context, x: number, y: number, radius: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** A cross on the ground's color, so that it stands out of the dots that it lies on. */
export function cross(
  context: Context,
  x: number,
  y: number,
  radius: number,
  color: string,
  ground: string,
): void {
  const arm = radius * 1.15;
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x + arm, y - arm);
  context.lineTo(x - arm, y + arm);
  context.lineCap = 'round';
  for (const [width, stroke] of [
    [radius * 0.6 + 2, ground],
    [Math.max(1.2, radius * 0.6), color],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.stroke();
  }
}
