import sharp from 'sharp';
import { pictureOf, sizeOf } from './pictures';
import type { Samples } from './samples';

/** A sample's picture as a `data:` address with the PNG in it. */
export async function pictureAddress(samples: Samples, index: number): Promise<string> {
  const { height, width } = sizeOf(samples);
  const pixels = Buffer.from(pictureOf(samples, index));
  const png = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}
