import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as opentype from 'opentype.js';
import sharp from 'sharp';
import { normalizePhotograph } from '../../src/pictures/photograph';
import type { Random } from '../../src/base/random';
import { grayOf } from '../../src/pictures/readPicture';
import { bundledClass } from './classes';
import type { PooledPicture } from './pools';

/** Side of the square that a glyph is drawn in before it is normalized, pixels. */
const CANVAS = 96;
const FONT_SIZE = 64;

/**
 * Renders characters in every handwriting font of a folder of npm packages, each several times, distorted.
 *
 * @param folder the `node_modules/@fontsource` of the fonts
 * @param characters classes of the bundled model
 * @param variants of each glyph
 */
export async function renderGlyphs(
  folder: string,
  characters: readonly string[],
  variants: number,
  random: Random,
): Promise<PooledPicture[]> {
  const pictures: PooledPicture[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const file = path.join(folder, name, 'files', `${name}-latin-400-normal.woff`);
    const bytes = await readFile(file);
    const font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    for (const character of characters) {
      if (font.charToGlyphIndex(character) === 0) continue;
      const outline = font.getPath(character, 0, 0, FONT_SIZE);
      const box = outline.getBoundingBox();
      if (box.x2 <= box.x1 || box.y2 <= box.y1) continue;
      for (let variant = 0; variant < variants; variant++) {
        pictures.push({
          pixels: await render(outline.toPathData(2), box, random),
          classes: [bundledClass(character) ?? 0],
        });
      }
    }
  }
  return pictures;
}

/** Draws an outline slanted, turned, stretched and bolder or thinner at random. */
async function render(
  outline: string,
  box: { x1: number; x2: number; y1: number; y2: number },
  random: Random,
) {
  const vary = (deviation: number) => deviation * (random.next() + random.next() - 1) * 2;
  const fit = (CANVAS * 0.6) / Math.max(box.x2 - box.x1, box.y2 - box.y1);
  const stretch = Math.exp(vary(0.15));
  const transform = [
    `translate(${String(CANVAS / 2)} ${String(CANVAS / 2)})`,
    `rotate(${String(vary(6))}) skewX(${String(vary(9))})`,
    `scale(${String(fit * stretch)} ${String(fit / stretch)})`,
    `translate(${String(-(box.x1 + box.x2) / 2)} ${String(-(box.y1 + box.y2) / 2)})`,
  ].join(' ');
  const bolder = Math.max(0, vary(2.5)) / fit;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(CANVAS)}" height="${String(CANVAS)}">` +
    '<rect width="100%" height="100%" fill="white"/>' +
    `<path d="${outline}" transform="${transform}" stroke="black" stroke-width="${String(bolder)}"/></svg>`;
  return normalizePhotograph(await grayOf(sharp(Buffer.from(svg))));
}
