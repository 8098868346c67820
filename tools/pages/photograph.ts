import sharp from 'sharp';
import type { Random } from '../../src/base/random';
import { uniform } from '../lines/transform';

/** What is written on. */
export type Paper = 'blank' | 'ruled' | 'squared';

/** How a page is photographed. */
export interface Shot {
  readonly paper: Paper;
  /** Whether the whole sheet is seen, on a desk. */
  readonly onDesk: boolean;
  /** A shadow's edge lies across the page. */
  readonly inShadow: boolean;
  /** By how much the sheet is turned out of the picture's plane: across and down, and in it, in radians. */
  readonly turned: readonly [across: number, down: number, within: number];
}

/** A stroke on the sheet, whose width is 1. */
export interface SheetStroke {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly width: number;
}

export interface Sheet {
  /** Of the sheet, whose width is 1. */
  readonly height: number;
  /** Distance of ruled lines. */
  readonly ruling: number;
  readonly strokes: readonly SheetStroke[];
}

/** Pixels of the sheet's width, before it is turned. */
const SHEET_WIDTH = 1600;
/** Share of the sheet's width that is seen around it on a desk. */
const DESK = 0.08;
/** A camera stands so many widths of the sheet over it. */
const DISTANCE = 1.4;
const STEEPEST = (20 * Math.PI) / 180;

type Project = (x: number, y: number) => readonly [x: number, y: number];

/** Any way to take a photograph of a page. */
export function anyShot(random: Random): Shot {
  const papers: Paper[] = ['blank', 'ruled', 'squared'];
  const onDesk = random.next() < 0.5;
  // what is no photograph of a whole sheet was held straighter
  const most = onDesk ? STEEPEST : STEEPEST / 4;
  return {
    paper: papers[random.integer(papers.length)] ?? 'blank',
    onDesk,
    inShadow: random.next() < 0.4,
    turned: [uniform(random, -most, most), uniform(random, -most, most), uniform(random, -0.05, 0.05)],
  };
}

/** The photograph of a sheet, a JPEG file. */
export async function photograph(sheet: Sheet, shot: Shot, random: Random): Promise<Buffer> {
  const project = projectionOf(sheet, shot);
  const corners = (
    [
      [0, 0],
      [1, 0],
      [1, sheet.height],
      [0, sheet.height],
    ] as const
  ).map(([x, y]) => project(x, y));
  const frame = frameOf(corners, shot.onDesk);
  const place: Project = (x, y) => {
    const [px, py] = project(x, y);
    return [(px - frame.left) * SHEET_WIDTH, (py - frame.top) * SHEET_WIDTH];
  };
  const [width, height] = [Math.round(frame.width * SHEET_WIDTH), Math.round(frame.height * SHEET_WIDTH)];
  const drawn = [
    polygon(corners.map(([x, y]) => [(x - frame.left) * SHEET_WIDTH, (y - frame.top) * SHEET_WIDTH])),
    ...rulingOf(sheet, shot.paper, place),
    ...sheet.strokes.map((stroke) => line(stroke, place, '#22283c')),
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#5b4634"/>${drawn.join('')}</svg>`;
  const image = sharp(Buffer.from(svg), { unlimited: true })
    .blur(uniform(random, 0.5, 0.9))
    .removeAlpha();
  const data = lit(await image.raw().toBuffer(), width, shot, random);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** A pinhole camera over the sheet's middle. */
function projectionOf({ height }: Sheet, { turned: [across, down, within] }: Shot): Project {
  return (x, y) => {
    const [u, v] = [x - 0.5, y - height / 2];
    const [a, b] = [u * Math.cos(within) - v * Math.sin(within), u * Math.sin(within) + v * Math.cos(within)];
    const depth = DISTANCE + a * Math.sin(across) + b * Math.sin(down);
    return [(DISTANCE * a * Math.cos(across)) / depth, (DISTANCE * b * Math.cos(down)) / depth];
  };
}

/** The part of the plane that is seen: the sheet and the desk around it, or the sheet without its edges. */
function frameOf(corners: readonly (readonly [number, number])[], onDesk: boolean) {
  const sorted = (axis: 0 | 1) => corners.map((corner) => corner[axis]).sort((a, b) => a - b);
  const [xs, ys] = [sorted(0), sorted(1)];
  const at = (values: readonly number[], index: number) => values[index] ?? 0;
  const [left, right, top, bottom] = onDesk
    ? [at(xs, 0) - DESK, at(xs, 3) + DESK, at(ys, 0) - DESK, at(ys, 3) + DESK]
    : [at(xs, 1), at(xs, 2), at(ys, 1), at(ys, 2)];
  return { left, top, width: right - left, height: bottom - top };
}

const polygon = (points: readonly (readonly [number, number])[]) =>
  `<polygon points="${points.map((point) => point.map((each) => each.toFixed(1)).join(',')).join(' ')}" fill="#e9e7e0"/>`;

function rulingOf({ height, ruling }: Sheet, paper: Paper, place: Project): string[] {
  if (paper === 'blank') return [];
  const width = 0.0011;
  const along = (from: readonly [number, number], to: readonly [number, number]) =>
    line({ points: [from, to], width }, place, paper === 'ruled' ? '#9db8d6' : '#b9c0c4');
  const step = paper === 'ruled' ? ruling : ruling / 2;
  const drawn: string[] = [];
  for (let y = ruling; y < height; y += step) drawn.push(along([0, y], [1, y]));
  if (paper === 'squared') for (let x = step; x < 1; x += step) drawn.push(along([x, 0], [x, height]));
  return drawn;
}

function line({ points, width }: SheetStroke, place: Project, color: string): string {
  const [first = [0, 0]] = points;
  const [[x, y], [further]] = [place(...(first as [number, number])), place(first[0] + 0.01, first[1])];
  const scale = (further - x) / 0.01;
  // a dot is a stroke of no length
  const path =
    points.length > 1 ? points.map((point) => place(...point)) : [[x, y] as const, [x + 0.1, y] as const];
  const placed = path.map((point) => point.map((each) => each.toFixed(1)).join(',')).join(' ');
  return `<polyline points="${placed}" fill="none" stroke="${color}" stroke-width="${(scale * width).toFixed(2)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

/** Light that falls from a side, a shadow's edge, and the camera's noise. */
function lit(data: Buffer, width: number, { inShadow }: Shot, random: Random): Buffer {
  const height = data.length / 3 / width;
  const [fallX, fallY] = [uniform(random, -0.2, 0.2), uniform(random, -0.2, 0.2)];
  const [edge, tilt] = [uniform(random, 0.3, 0.6), uniform(random, -0.5, 0.5)];
  const dark = uniform(random, 0.3, 0.5);
  for (let at = 0; at < data.length / 3; at++) {
    const [x, y] = [(at % width) / width, Math.floor(at / width) / height];
    const beyond = (x - edge - tilt * (y - 0.5)) / 0.02;
    const shadow = inShadow ? 1 - dark / (1 + Math.exp(-beyond)) : 1;
    const light =
      shadow * (1 + fallX * (x - 0.5) + fallY * (y - 0.5)) * (1 + 0.03 * (random.next() + random.next() - 1));
    for (let channel = 3 * at; channel < 3 * at + 3; channel++)
      data[channel] = Math.min(255, (data[channel] ?? 0) * light);
  }
  return data;
}
