import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { PictureError } from '../errors';
import { openPicture, unreadable } from '../readPicture';
import { sheetCorners } from '../sheet';
import { type Channel, clearestChannel } from './channel';
import { stacked } from './stacked';
import { type Pixels, straightened } from './straighten';

/** Longer sides are shrunk to this: 12 pixels to the millimeter of an A4 page. */
export const LONGEST_PAGE = 4000;
/** Files of more bytes are refused before they are unpacked. */
const MOST_BYTES = 200e6;

/** A photographed or scanned page, upright; of sheets on something darker, these alone, seen from above, one below
 * the other. */
export interface Page {
  readonly width: number;
  readonly height: number;
  /** The channel in which pen and paper differ most, 0 black to 255 white, row by row. */
  readonly gray: Uint8Array;
  readonly channel: Channel;
  /** The page in color, for showing it: a JPEG file. */
  readonly jpeg: Buffer;
}

/**
 * Reads a picture of a page, turned upright as the camera says; transparent parts are white.
 *
 * @throws PictureError where it is no picture, damaged, or too large
 */
export async function readPage(file: string | Buffer, name = String(file)): Promise<Page> {
  try {
    const bytes = typeof file === 'string' ? await readFile(file) : file;
    if (bytes.length > MOST_BYTES) throw new PictureError(`${name} is too large: make it smaller first.`);
    const fitting = openPicture(bytes, name)
      .rotate()
      .resize(LONGEST_PAGE, LONGEST_PAGE, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .toColourspace('srgb');
    return await pageOf(fitting);
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

async function pageOf(picture: Sharp): Promise<Page> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const seen = { width, height, channels, data };
  const sheets = sheetCorners({ width, height, pixels: clearestChannel(seen).gray });
  return made(stacked(sheets.map((corners) => straightened(seen, corners))) ?? seen);
}

async function made({ width, height, channels, data }: Pixels): Promise<Page> {
  const { channel, gray } = clearestChannel({ width, height, channels, data });
  const jpeg = await sharp(data, { raw: { width, height, channels } }).jpeg({ quality: 85 }).toBuffer();
  return { width, height, gray, channel, jpeg };
}
