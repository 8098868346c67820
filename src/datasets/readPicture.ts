import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { DatasetError } from './errors';
import type { GreyPicture } from './photograph';
import { isBmp, readBmp, tooManyPixels } from './readBmp';

/** Longer sides are shrunk to this while reading: a character needs no more. */
const LONGEST_SIDE = 128;
/** Pictures of more pixels are refused before they are unpacked. */
const MOST_PIXELS = 100e6;

/** Alpha (of 255) below which a pixel shows what is behind it. */
const SEE_THROUGH = 128;
/** A pen on nothing is light where no pixel of it is darker than this. */
const LIGHT = 128;

/**
 * Reads a picture file (PNG, JPEG, WebP, TIFF, BMP and what else sharp knows) as grey values; transparent parts are
 * paper: white, or black behind a pen that is light itself.
 *
 * @param longestSide longer sides are shrunk to this many pixels
 * @throws DatasetError where it is no picture, damaged, or has over 100 million pixels
 */
export async function readPicture(
  file: string | Buffer,
  name = String(file),
  longestSide = LONGEST_SIDE,
): Promise<GreyPicture> {
  try {
    const bytes = typeof file === 'string' ? await readFile(file) : file;
    const background = (await isLightOnNothing(openPicture(bytes, name))) ? 'black' : 'white';
    const fitting = openPicture(bytes, name)
      .rotate()
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background });
    return await greyOf(fitting);
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

/** What to tell of a picture that could not be read. */
export function unreadable(name: string, cause: unknown): DatasetError {
  if (cause instanceof DatasetError) return cause;
  if (cause instanceof Error && cause.message.includes('exceeds pixel limit')) return tooManyPixels(name);
  return new DatasetError(`${name} is not a picture that can be read: use PNG, JPEG, WebP, TIFF or BMP.`, {
    cause,
  });
}

/** The grey values of a picture without transparency. */
export async function greyOf(picture: Sharp): Promise<GreyPicture> {
  const { data, info } = await picture.greyscale().raw().toBuffer({ resolveWithObject: true });
  const pixels = Float32Array.from(
    { length: info.width * info.height },
    (_, i) => data[i * info.channels] ?? 0,
  );
  return { width: info.width, height: info.height, pixels };
}

/** A picture file, not unpacked yet; one with too many pixels fails when it is. */
export function openPicture(bytes: Buffer, name: string): Sharp {
  if (!isBmp(bytes)) return sharp(bytes, { limitInputPixels: MOST_PIXELS });
  const { width, height, data } = readBmp(bytes, MOST_PIXELS, name);
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
