import { readFile } from 'node:fs/promises';
import { UserError } from '../base/userError';
import { isWebPage } from '../base/webPage';
import sharp, { type Sharp } from 'sharp';
import { PictureError } from './errors';
import type { GrayPicture } from './grayPicture';
import { isBmp, readBmp, tooManyPixels } from './readBmp';
import { isPnm, readPnm } from './readPnm';

/** Longer sides are shrunk to this while reading: a character needs no more. */
const LONGEST_SIDE = 128;
/** Pictures of more pixels are refused before they are unpacked; fewer where they are unpacked as a whole. */
const MOST_PIXELS = 100e6;
const MOST_WHOLE_PIXELS = 40e6;
const WHOLE = new Set(['gif', 'heif']);

/** Alpha (of 255) below which a pixel shows what is behind it. */
const SEE_THROUGH = 128;
/** A pen on nothing is light where no pixel of it is darker than this. */
const LIGHT = 128;

/**
 * Reads a picture file (PNG, JPEG, WebP, GIF, AVIF, TIFF, BMP, and netpbm's) as gray values; transparent parts are
 * paper: white, or black behind a pen that is light itself.
 *
 * @param longestSide longer sides are shrunk to this many pixels
 * @param room told the pixels of the picture before they are unpacked, and to let it be done
 * @throws PictureError where it is no picture, damaged, or has over 100 million pixels
 */
export async function readPicture(
  file: string | Buffer,
  name = String(file),
  longestSide = LONGEST_SIDE,
  room: (pixels: number, unpack: () => Promise<GrayPicture>) => Promise<GrayPicture> = (_, unpack) =>
    unpack(),
): Promise<GrayPicture> {
  const bytes = typeof file === 'string' ? await readFile(file) : file;
  try {
    if (isWebPage(bytes)) throw new PictureError(`${name} is a web page and no picture: fetch it again.`);
    return await room(await pixelsOf(bytes, name), () => shrunk(bytes, name, longestSide));
  } catch (cause) {
    // what the room says is said as it is
    if (cause instanceof UserError) throw cause;
    throw unreadable(name, cause);
  }
}

async function shrunk(bytes: Buffer, name: string, longestSide: number): Promise<GrayPicture> {
  const background = (await isLightOnNothing(openPicture(bytes, name))) ? 'black' : 'white';
  const fitting = openPicture(bytes, name)
    .rotate()
    .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background });
  return grayOf(fitting);
}

/** @throws PictureError where they are too many, Error where it is no picture */
async function pixelsOf(bytes: Buffer, name: string): Promise<number> {
  if (isPnm(bytes) || isBmp(bytes)) return Math.min(MOST_WHOLE_PIXELS, 8 * bytes.length);
  const { width, height, format } = await sharp(bytes, { limitInputPixels: MOST_PIXELS }).metadata();
  const most = WHOLE.has(format) ? MOST_WHOLE_PIXELS : MOST_PIXELS;
  if (width * height > most) throw tooManyPixels(name, most);
  return width * height;
}

/** What to tell of a picture that could not be read. */
export function unreadable(name: string, cause: unknown): PictureError {
  if (cause instanceof PictureError) return cause;
  if (cause instanceof Error && cause.message.includes('exceeds pixel limit'))
    return tooManyPixels(name, MOST_PIXELS);
  return new PictureError(`${name} is not a picture that can be read: use PNG, JPEG, WebP, TIFF or BMP.`, {
    cause,
  });
}

/** The gray values of a picture without transparency. */
export async function grayOf(picture: Sharp): Promise<GrayPicture> {
  const { data, info } = await picture.grayscale().raw().toBuffer({ resolveWithObject: true });
  const pixels = Float32Array.from(
    { length: info.width * info.height },
    (_, i) => data[i * info.channels] ?? 0,
  );
  return { width: info.width, height: info.height, pixels };
}

/** A picture file, not unpacked yet; one with too many pixels fails when it is. */
export function openPicture(bytes: Buffer, name: string): Sharp {
  if (isPnm(bytes)) {
    const { width, height, channels, data } = readPnm(bytes, MOST_WHOLE_PIXELS, name);
    return sharp(data, { raw: { width, height, channels } });
  }
  if (!isBmp(bytes)) return sharp(bytes, { limitInputPixels: MOST_PIXELS });
  const { width, height, data } = readBmp(bytes, MOST_WHOLE_PIXELS, name);
  return sharp(data, { raw: { width, height, channels: 4 } });
}

/** Whether a picture is a light pen with nothing behind it. */
async function isLightOnNothing(picture: Sharp): Promise<boolean> {
  if (!(await picture.metadata()).hasAlpha) return false;
  const { data, info } = await picture
    .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  let nothing = false;
  let darkest = 255;
  for (let start = 0; start < data.length; start += info.channels) {
    if ((data[start + info.channels - 1] ?? 255) < SEE_THROUGH) nothing = true;
    else darkest = Math.min(darkest, data[start + (info.channels > 2 ? 1 : 0)] ?? 255);
  }
  return nothing && darkest >= LIGHT;
}
