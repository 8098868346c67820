import sharp from 'sharp';
import { DatasetError } from './errors';
import type { GreyPicture } from './photograph';

/** Longer sides are shrunk to this while reading: a character needs no more. */
const LONGEST_SIDE = 128;
/** Pictures of more pixels are refused before they are unpacked. */
const MOST_PIXELS = 100e6;

/**
 * Reads a picture file (PNG, JPEG, WebP, TIFF and what else sharp knows) as grey values; transparent parts are paper.
 *
 * @throws DatasetError where it is no picture, damaged, or has over 100 million pixels
 */
export async function readPicture(file: string | Buffer, name = String(file)): Promise<GreyPicture> {
  try {
    const { data, info } = await sharp(file, { limitInputPixels: MOST_PIXELS })
      .rotate()
      .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixels = Float32Array.from(
      { length: info.width * info.height },
      (_, i) => data[i * info.channels] ?? 0,
    );
    return { width: info.width, height: info.height, pixels };
  } catch (cause) {
    throw new DatasetError(`${name} is not a picture that can be read: use PNG, JPEG, WebP or TIFF.`, {
      cause,
    });
  }
}
