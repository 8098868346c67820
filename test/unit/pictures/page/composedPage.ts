import sharp from 'sharp';
import { cleanCharacter } from '../../../../src/pictures/cleanCharacter';
import type { FileSource } from '../../../../src/datasets/files';
import type { GrayPicture } from '../../../../src/pictures/grayPicture';
import { Random } from '../../../../src/base/random';
import { readPicture } from '../../../../src/pictures/readPicture';

/** What the photographed characters are laid on. */
export type Paper = 'white' | 'shadow' | 'yellow' | 'ruled' | 'squared' | 'board';

export interface Composition {
  readonly lines: readonly string[];
  readonly paper: Paper;
  readonly seed: number;
  /** Height of a capital, in pixels. */
  readonly capital?: number;
  /** How far lines fall a pixel to the right. */
  readonly slope?: number;
  /** Pixels by which the pen is wider to each side than in the photographs; less than 0 for a thinner one. */
  readonly bolder?: number;
}

export interface Placed {
  readonly text: string;
  readonly line: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface ComposedPage {
  /** A PNG file in color. */
  readonly png: Buffer;
  readonly characters: readonly Placed[];
  readonly text: string;
}

/** How dark a character's pen is at each pixel of its box, 0 to 1. */
interface Pen {
  readonly width: number;
  readonly height: number;
  readonly darkness: Float32Array;
}

/** Top and bottom of characters above the baseline, in heights of a capital; of the others 1 and 0. */
const PLACES: Record<string, readonly [number, number]> = Object.fromEntries([
  ...[...'acemnorsuvwxz'].map((each) => [each, [0.62, 0]]),
  ...[...'gpqy'].map((each) => [each, [0.62, -0.35]]),
  ['j', [0.9, -0.35]],
  ['i', [0.9, 0]],
  ['t', [0.9, 0]],
]) as Record<string, readonly [number, number]>;

/** Every so many-th photograph of a class was never trained on. */
const HELD_OUT = 5;

/** Real photographs of single characters, put together to pages of known text; the same seed gives the same page. */
export class Composer {
  constructor(private readonly photographs: FileSource) {}

  async compose({
    lines,
    paper,
    seed,
    capital = 48,
    slope = 0,
    bolder = 0,
  }: Composition): Promise<ComposedPage> {
    const chance = new Random(seed).next;
    const width = Math.round(capital * (2 + 1.05 * Math.max(...lines.map(({ length }) => length))));
    const height = Math.round(capital * (1.5 + 2.1 * lines.length) + Math.abs(slope) * width);
    const ink = new Float32Array(width * height);
    const characters: Placed[] = [];
    for (const [line, text] of lines.entries()) {
      let x = capital;
      for (const character of text) {
        if (character === ' ') {
          x += 0.75 * capital;
          continue;
        }
        const pen = bolderBy(await this.write(character, capital, chance), bolder);
        const [, bottom] = PLACES[character] ?? [1, 0];
        const base =
          capital * (2 + 2.1 * line - bottom + 0.06 * (chance() - 0.5)) +
          slope * x +
          Math.max(0, -slope * width);
        const box = { left: Math.round(x), top: Math.round(base) - pen.height };
        lay(pen, box, ink, width, height);
        characters.push({
          text: character,
          line,
          ...box,
          right: box.left + pen.width,
          bottom: box.top + pen.height,
        });
        x += pen.width + capital * (0.16 + 0.12 * chance());
      }
    }
    const png = await onPaper(ink, width, height, paper, chance);
    return { png, characters, text: lines.join('\n') };
  }

  private async write(character: string, capital: number, chance: () => number): Promise<Pen> {
    const kind = /\d/.test(character) ? 'digit' : /[a-z]/.test(character) ? 'lower' : 'upper';
    const names = this.photographs.names
      .filter((name) => name.includes(`${kind}-${character}/`) && name.endsWith('.png'))
      .sort()
      .filter((_, index) => index % HELD_OUT === HELD_OUT - 1);
    const name = names[Math.floor(chance() * names.length)] ?? '';
    const photograph = await readPicture(await this.photographs.read(name), name);
    const [top, bottom] = PLACES[character] ?? [1, 0];
    return scaled(cropped(darknessOf(photograph)), capital * (top - bottom) * (0.94 + 0.12 * chance()));
  }
}

/** The pen of a photograph: its paper is a plane of light through the picture's edges. */
function darknessOf(photograph: GrayPicture): GrayPicture {
  const { width, height, pixels } = photograph;
  const edge: [number, number, number][] = [];
  pixels.forEach((value, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1)
      edge.push([x - width / 2, y - height / 2, value]);
  });
  const middle = edge.map(([, , value]) => value).sort((a, b) => a - b)[edge.length >> 1] ?? 255;
  const paper = edge.filter(([, , value]) => Math.abs(value - middle) < 20);
  const slope = (axis: 0 | 1) =>
    paper.reduce((sum, point) => sum + point[axis] * (point[2] - middle), 0) /
    paper.reduce((sum, point) => sum + point[axis] ** 2, 1);
  const [across, down] = [slope(0), slope(1)];
  const dark = pixels.map((value, at) => {
    const light = middle + across * ((at % width) - width / 2) + down * (Math.floor(at / width) - height / 2);
    return Math.max(0, 255 * (1 - value / light) - 12);
  });
  const pen = { width, height, pixels: dark };
  return cleanCharacter(pen, 0.4 * Math.max(...dark));
}

function cropped({ width, height, pixels }: GrayPicture): Pen {
  const least = 0.35 * Math.max(...pixels);
  const inked = [...pixels.keys()].filter((at) => (pixels[at] ?? 0) > least);
  const xs = inked.map((at) => at % width);
  const ys = inked.map((at) => Math.floor(at / width));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const size = { width: Math.max(...xs) - left + 1, height: Math.max(...ys) - top + 1 };
  const darkness = Float32Array.from({ length: size.width * size.height }, (_, at) => {
    const [x, y] = [left + (at % size.width), top + Math.floor(at / size.width)];
    return y < height ? (pixels[y * width + x] ?? 0) / 255 : 0;
  });
  return { ...size, darkness };
}

/** Enlarged as a lens would: linear between pixels. */
function scaled({ width, height, darkness }: Pen, to: number): Pen {
  const scale = to / height;
  const size = { width: Math.max(2, Math.round(width * scale)), height: Math.max(2, Math.round(to)) };
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : (darkness[y * width + x] ?? 0);
  const made = Float32Array.from({ length: size.width * size.height }, (_, index) => {
    const x = ((index % size.width) + 0.5) / scale - 0.5;
    const y = (Math.floor(index / size.width) + 0.5) / scale - 0.5;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const above = at(column, row) * (1 - x + column) + at(column + 1, row) * (x - column);
    const below = at(column, row + 1) * (1 - x + column) + at(column + 1, row + 1) * (x - column);
    return above * (1 - y + row) + below * (y - row);
  });
  return { ...size, darkness: made };
}

/** Strokes wider by so many pixels to each side, or thinner: the darkest, or the lightest, of a disc around each pixel. */
function bolderBy(pen: Pen, by: number): Pen {
  if (by === 0) return pen;
  const reach = Math.ceil(Math.abs(by));
  const frame = by > 0 ? reach : 0;
  const size = { width: pen.width + 2 * frame, height: pen.height + 2 * frame };
  const steps = Array.from({ length: 2 * reach + 1 }, (_, at) => at - reach);
  const disc = steps
    .flatMap((dy) => steps.map((dx) => ({ dx, dy })))
    .filter(({ dx, dy }) => Math.hypot(dx, dy) <= Math.abs(by));
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= pen.width || y >= pen.height ? 0 : (pen.darkness[y * pen.width + x] ?? 0);
  const extreme = by > 0 ? Math.max : Math.min;
  const darkness = Float32Array.from({ length: size.width * size.height }, (_, index) => {
    const [x, y] = [(index % size.width) - frame, Math.floor(index / size.width) - frame];
    return extreme(...disc.map(({ dx, dy }) => at(x + dx, y + dy)));
  });
  return { ...size, darkness };
}

function lay(
  pen: Pen,
  { left, top }: { left: number; top: number },
  ink: Float32Array,
  width: number,
  height: number,
): void {
  pen.darkness.forEach((darkness, at) => {
    const [x, y] = [left + (at % pen.width), top + Math.floor(at / pen.width)];
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    ink[y * width + x] = Math.max(ink[y * width + x] ?? 0, darkness);
  });
}

/** Red, green and blue of the paper in full light, and of how much of each the ink takes away. */
const COLORS: Record<Paper, { paper: readonly number[]; pen: readonly number[] }> = {
  white: { paper: [225, 224, 220], pen: [1, 1, 1] },
  shadow: { paper: [215, 212, 205], pen: [1, 1, 1] },
  yellow: { paper: [238, 214, 92], pen: [1, 0.85, 0.15] },
  ruled: { paper: [230, 230, 226], pen: [1, 0.9, 0.7] },
  squared: { paper: [232, 231, 226], pen: [1, 1, 1] },
  board: { paper: [40, 62, 50], pen: [1, 1, 1] },
};

function onPaper(
  ink: Float32Array,
  width: number,
  height: number,
  kind: Paper,
  chance: () => number,
): Promise<Buffer> {
  const { paper, pen } = COLORS[kind];
  const light = lightOf(kind, width, height);
  const printed = printOf(kind, width, height);
  const data = new Uint8Array(3 * width * height);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const grain = 1 + 0.03 * (chance() + chance() - 1);
    for (let channel = 0; channel < 3; channel++) {
      const dark = Math.min(1, 1.25 * (ink[at] ?? 0) * (pen[channel] ?? 1));
      const blank = (paper[channel] ?? 0) * light(x, y) * grain;
      const value =
        kind === 'board' ? blank + (235 - blank) * dark : blank * (1 - dark) * (1 - printed(x, y, channel));
      data[3 * at + channel] = Math.min(255, value);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** How much of the light falls on each place: for a shadow, a hand's edge across the page. */
function lightOf(kind: Paper, width: number, height: number): (x: number, y: number) => number {
  if (kind !== 'shadow') return (x, y) => 1 - 0.15 * (x / width) - 0.1 * (y / height);
  return (x, y) => {
    const beyond = (x / width - 0.35 - 0.4 * (y / height)) / 0.05;
    return 1 - 0.5 / (1 + Math.exp(-beyond));
  };
}

/** The lines that the paper has itself. */
function printOf(
  kind: Paper,
  width: number,
  height: number,
): (x: number, y: number, channel: number) => number {
  const distance = Math.max(20, Math.max(width, height) / 30);
  const tilt = 0.01;
  if (kind === 'ruled') {
    return (x, y, channel) => ((y + tilt * x) % distance < 2 ? ([0.35, 0.2, 0.08][channel] ?? 0) : 0);
  }
  if (kind !== 'squared') return () => 0;
  return (x, y) => ((y + tilt * x) % distance < 2 || (x - tilt * y + distance) % distance < 2 ? 0.3 : 0);
}
