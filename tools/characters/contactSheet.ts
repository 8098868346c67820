import sharp from 'sharp';
import { PICTURE_SIZE } from '../../src/ink/rasterize';

/** Pixels of the sheet to one of a picture, and between two pictures. */
const ZOOM = 2;
const GAP = 4;

/**
 * Writes rows of 28x28 pictures as one PNG.
 *
 * @param rows gray values 0 to 1 of the pictures of each row
 */
export async function writeContactSheet(
  file: string,
  rows: readonly (readonly Float32Array[])[],
): Promise<void> {
  const cell = PICTURE_SIZE * ZOOM + GAP;
  const width = Math.max(...rows.map((row) => row.length)) * cell;
  const height = rows.length * cell;
  const sheet = Buffer.alloc(width * height, 128);
  rows.forEach((pictures, row) => {
    pictures.forEach((picture, column) => {
      for (let y = 0; y < PICTURE_SIZE * ZOOM; y++) {
        for (let x = 0; x < PICTURE_SIZE * ZOOM; x++) {
          const value = picture[Math.floor(y / ZOOM) * PICTURE_SIZE + Math.floor(x / ZOOM)] ?? 0;
          sheet[(row * cell + y) * width + column * cell + x] = Math.round(255 * value);
        }
      }
    });
  });
  await sharp(sheet, { raw: { width, height, channels: 1 } })
    .png()
    .toFile(file);
}
