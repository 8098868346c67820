import { Random } from '../../../src/base/random';

/** Characters as a pen draws them, 40 wide and 60 high. */
const DRAWN: Readonly<Record<string, string>> = {
  F: 'M0 0V60M0 0H32M0 28H25',
  7: 'M0 0H36L14 60',
  L: 'M0 0V60H34',
  C: 'M34 8C20 -6 0 6 0 30C0 56 22 66 36 52',
  T: 'M0 0H40M20 0V60',
  Z: 'M0 0H36L0 60H38',
  4: 'M26 60V0L0 42H38',
  J: 'M30 0V44C30 64 4 64 2 46',
};
const [WIDTH, HEIGHT] = [480, 560];
const TOP = 150;
const HOLES = 22;

export interface DrawnSheet {
  /** Of its left edge. */
  readonly x: number;
  readonly rows: readonly string[];
  readonly spiral?: 'left' | 'top';
}

/** A photograph of written sheets on a desk, each turned a little, as SVG. */
export function photographOf(sheets: readonly DrawnSheet[], seed = 1): string {
  const random = new Random(seed);
  const drawn = sheets.map(({ x, rows, spiral }) => {
    const degrees = (6 * random.next() - 3).toFixed(2);
    const lines = rows.map((row, at) => lineOf(row, x + 70, TOP + 60 + 110 * at)).join('');
    const paper = `<rect x="${String(x)}" y="${String(TOP)}" width="${String(WIDTH)}" height="${String(HEIGHT)}" fill="#f3f0e6"/>`;
    const pen = `<g stroke="#223" stroke-width="6" fill="none" stroke-linecap="round">${lines}</g>`;
    const turned = `rotate(${degrees} ${String(x + WIDTH / 2)} ${String(TOP + HEIGHT / 2)})`;
    return `<g transform="${turned}">${paper}${pen}${spiral ? spiralOf(spiral, x) : ''}</g>`;
  });
  return `<svg width="1200" height="900"><rect width="1200" height="900" fill="#6b4a2f"/>${drawn.join('')}</svg>`;
}

function lineOf(text: string, x: number, y: number): string {
  return [...text]
    .map(
      (character, at) =>
        `<path d="${DRAWN[character] ?? ''}" transform="translate(${String(x + 62 * at)} ${String(y)})"/>`,
    )
    .join('');
}

/** Holes along an edge, each with a wire that goes through it and around the edge. */
function spiralOf(side: 'left' | 'top', x: number): string {
  const length = side === 'left' ? HEIGHT : WIDTH;
  return Array.from({ length: HOLES }, (_, at) => {
    const along = 20 + (at * (length - 40)) / (HOLES - 1);
    const [cx, cy] = side === 'left' ? [x + 18, TOP + along] : [x + along, TOP + 18];
    const wire = side === 'left' ? 'c-28 -16 -48 -10 -44 2' : 'c-16 -28 -10 -48 2 -44';
    return `<circle cx="${String(cx)}" cy="${String(cy)}" r="8" fill="#3a3a3a"/><path d="M${String(cx)} ${String(cy)}${wire}" stroke="#777" stroke-width="5" fill="none"/>`;
  }).join('');
}
