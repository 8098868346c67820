import sharp from 'sharp';
import type { Page } from './readPage';
import type { PenMask } from './penMask';

/** Longest side of the pictures of the steps, in pixels: as much as a screen shows. */
const LONGEST = 2000;

/** The steps from a page to its ink, each a picture file. */
export interface StepPictures {
  readonly color: Buffer;
  readonly gray: Buffer;
  readonly pen: Buffer;
  readonly threshold: Buffer;
}

/** Draws the steps from a page to its ink, for a user to see where something is lost. */
export async function stepPictures(page: Page, mask: PenMask): Promise<StepPictures> {
  const { width, height } = page;
  const draw = (pixels: Uint8Array) =>
    sharp(pixels, { raw: { width, height, channels: 1 } }).resize(LONGEST, LONGEST, {
      fit: 'inside',
      withoutEnlargement: true,
    });
  const inverted = mask.pen.map((value) => 255 - value);
  const black = mask.ink.map((inked) => (inked ? 0 : 255));
  const [color, gray, pen, threshold] = await Promise.all([
    sharp(page.jpeg).resize(LONGEST, LONGEST, { fit: 'inside', withoutEnlargement: true }).jpeg().toBuffer(),
    draw(page.gray).jpeg().toBuffer(),
    draw(inverted).jpeg().toBuffer(),
    draw(black).png({ compressionLevel: 6 }).toBuffer(),
  ]);
  return { color, gray, pen, threshold };
}
