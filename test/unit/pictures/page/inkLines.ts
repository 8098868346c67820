import sharp from 'sharp';
import type { FileSource } from '../../../../src/datasets/files';
import { penWidthOf, textOf } from '../../../../src/datasets/formats/crohme';
import type { Ink } from '../../../../src/ink/ink';
import { readInkml } from '../../../../src/ink/inkml';
import { boundsOf } from '../../../../src/ink/rasterize';
import type { Box } from '../../../../src/engine/recognition/search';

/** A handwritten expression on one line, drawn as a scan would show it. */
export interface InkLine {
  readonly png: Buffer;
  /** From left to right, in pixels. */
  readonly symbols: readonly (Box & { readonly text: string })[];
}

/** Heights of the picture and of the line in it, in pixels. */
const MARGIN = 40;
const LINE = 90;
const LEAST_SYMBOLS = 4;
/** Of the tallest symbol: what counts as tall, and how far middles may lie from the usual one. */
const LEAST_BODY = 0.4;
const APART = 0.25;
/** Of a fineliner at this size, in pixels. */
const THINNEST_PEN = 3;

/** Expressions of CROHME whose symbols stand beside each other on one line, none over, in or raised behind another. */
export async function* inkLines(files: FileSource, every: number): AsyncGenerator<InkLine> {
  const names = files.names.filter((name) => name.endsWith('.inkml')).sort();
  for (let at = 0; at < names.length; at += every) {
    const document = readInkml((await files.read(names[at] ?? '')).toString('utf8'));
    const symbols = document.groups
      .map(({ label, ink }) => ({ text: textOf(label), ink, ...boundsOf(ink) }))
      .sort((a, b) => a.left - b.left);
    const texts = symbols.every(({ text }) => /^[!-~]$/.test(text));
    const apart = symbols.every(({ left }, index) => index === 0 || left > (symbols[index - 1]?.right ?? 0));
    const level = isLevel(symbols);
    if (symbols.length < LEAST_SYMBOLS || !texts || !apart || !level) continue;
    yield drawn(
      symbols.map(({ text, ink }) => ({ text, ink })),
      penWidthOf(document) ?? 1,
    );
  }
}

/** Whether the tall ones among symbols stand at one height. */
function isLevel(symbols: readonly { top: number; bottom: number }[]): boolean {
  const height = Math.max(...symbols.map(({ top, bottom }) => bottom - top));
  const bodies = symbols.filter(({ top, bottom }) => bottom - top > LEAST_BODY * height);
  const middles = symbols.map(({ top, bottom }) => (top + bottom) / 2);
  const usual = bodies.reduce((sum, { top, bottom }) => sum + (top + bottom) / 2, 0) / bodies.length;
  return middles.every((middle) => Math.abs(middle - usual) < APART * height);
}

async function drawn(symbols: readonly { text: string; ink: Ink }[], pen: number): Promise<InkLine> {
  const all = boundsOf(symbols.flatMap(({ ink }) => ink));
  const scale = LINE / (all.bottom - all.top);
  const x = (value: number) => MARGIN + (value - all.left) * scale;
  const y = (value: number) => MARGIN + (value - all.top) * scale;
  const paths = symbols.flatMap(({ ink }) =>
    ink.map((stroke) => `<path d="M${stroke.map(([px, py]) => `${x(px)} ${y(py)}`).join('L')}"/>`),
  );
  const [width, height] = [Math.ceil(x(all.right) + MARGIN), LINE + 2 * MARGIN];
  const thick = Math.max(THINNEST_PEN, pen * scale);
  const stroke = `fill="none" stroke="#39437a" stroke-width="${thick}" stroke-linecap="round" stroke-linejoin="round"`;
  const svg = `<svg width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#f1efe8"/><g ${stroke}>${paths.join('')}</g></svg>`;
  return {
    png: await sharp(Buffer.from(svg)).png().toBuffer(),
    symbols: symbols.map(({ text, ink }) => {
      const { left, top, right, bottom } = boundsOf(ink);
      const half = thick / 2;
      return {
        text,
        left: x(left) - half,
        top: y(top) - half,
        right: x(right) + half,
        bottom: y(bottom) + half,
      };
    }),
  };
}
