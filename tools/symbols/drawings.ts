// Makes media/symbolDrawings.tsv: the most typical of Detexify's drawings of each symbol, made small.
// `npm run draw:symbols`, with the data beside the checkout.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { groupBy } from '../../src/base/groupBy';
import type { Ink, Point, Stroke } from '../../src/ink/ink';
import { boundsOf, PICTURE_SIZE, rasterize } from '../../src/ink/rasterize';
import { type Drawing, drawingText, LARGEST } from '../../src/symbols/drawings';
import { SymbolTable } from '../../src/symbols/symbolTable';
import { loadDetexify } from './sources';

/** Drawings of each symbol. */
const DRAWINGS = 4;
/** A point as near to the line between its neighbors as this, of the larger side, is left out. */
const TOLERANCE = 0.02;

const HEADER = [
  '# command, drawings of it (src/symbols/drawings.ts has their form)',
  '# from Detexify, https://detexify.kirelabs.org, by Daniel Kirsch and its users; this extract, too, is under ODbL 1.0',
];

/** The command that Detexify's data mean by a label. */
function commandOf(label: string, table: SymbolTable): string {
  return table.of(label)?.symbols.find((symbol) => symbol.label === label)?.command ?? label;
}

/** The drawings that are most like all others of the same symbol, the most typical first. */
function typical(inks: readonly Ink[]): Ink[] {
  const pictures = inks.map((ink) => rasterize(ink, { side: PICTURE_SIZE }));
  const distances = pictures.map((one) => pictures.reduce((sum, other) => sum + distance(one, other), 0));
  return [...inks.keys()]
    .sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0))
    .slice(0, DRAWINGS)
    .map((at) => inks[at] ?? []);
}

function distance(a: Uint8Array, b: Uint8Array): number {
  return Math.sqrt(a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0));
}

/** Ink as large as drawings are, without the points that tell nothing. */
function drawingOf(ink: Ink): Drawing {
  const { left, right, top, bottom } = boundsOf(ink);
  const side = Math.max(right - left, bottom - top, 1);
  const place = (value: number, from: number, length: number) =>
    Math.round((LARGEST * (value - from + (side - length) / 2)) / side);
  return ink
    .filter(({ length }) => length > 0)
    .map((stroke) =>
      simplified(stroke, TOLERANCE * side).map(
        ([x, y]) => [place(x, left, right - left), place(y, top, bottom - top)] as const,
      ),
    );
}

/** A line through fewer points (Douglas and Peucker 1973). */
function simplified(stroke: Stroke, tolerance: number): Stroke {
  const [first, last] = [stroke[0], stroke.at(-1)];
  if (!first || !last || stroke.length < 3) return stroke;
  let [furthest, most] = [0, 0];
  stroke.forEach((point, at) => {
    const far = fromLine(point, first, last);
    if (far > most) [furthest, most] = [at, far];
  });
  if (most <= tolerance) return [first, last];
  const before = simplified(stroke.slice(0, furthest + 1), tolerance);
  return [...before.slice(0, -1), ...simplified(stroke.slice(furthest), tolerance)];
}

/** How far a point is from the line between two others. */
function fromLine([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / squared));
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}

async function main(): Promise<void> {
  const table = SymbolTable.parse(readFileSync(path.join('media', 'symbols.json'), 'utf8'));
  const { learned } = await loadDetexify(path.join('..', 'shared', 'data'), table);
  const bySymbol = groupBy(learned, ({ key }) => commandOf(key.replace(/ \S*$/, ''), table));
  const rows = [...bySymbol].map(([command, drawn]) =>
    [command, ...typical(drawn.map(({ ink }) => ink)).map((ink) => drawingText(drawingOf(ink)))].join('\t'),
  );
  writeFileSync(path.join('media', 'symbolDrawings.tsv'), `${[...HEADER, ...rows].join('\n')}\n`);
  console.log(`${String(rows.length)} symbols`);
}

void main();
