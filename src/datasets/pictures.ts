import { PICTURE_SIZE, rasterize } from '../ink/rasterize';
import type { Samples } from './samples';

/**
 * Height and width of a dataset's pictures.
 *
 * @param inkSide height and width that ink is drawn at
 */
export function sizeOf(samples: Samples, inkSide = PICTURE_SIZE): { height: number; width: number } {
  if (samples.kind === 'ink') return { height: inkSide, width: inkSide };
  const { height, width } = samples;
  return { height, width };
}

/** One sample as gray values, 0 background to 255 ink. */
export function pictureOf(samples: Samples, index: number, inkSide = PICTURE_SIZE): Uint8Array {
  if (samples.kind === 'ink') {
    return rasterize(samples.inks[index] ?? [], { penWidth: samples.penWidths[index], side: inkSide });
  }
  const size = samples.height * samples.width;
  return samples.pixels.subarray(index * size, (index + 1) * size);
}

/**
 * The pictures of some samples as a network takes them, one behind the other.
 *
 * @param chosen indices of samples
 * @returns [chosen, height, width] gray values 0 to 255
 */
export function picturesOf(samples: Samples, chosen: ArrayLike<number>, inkSide = PICTURE_SIZE): Uint8Array {
  const { height, width } = sizeOf(samples, inkSide);
  const pictures = new Uint8Array(chosen.length * height * width);
  for (let i = 0; i < chosen.length; i++)
    pictures.set(pictureOf(samples, chosen[i] ?? 0, inkSide), i * height * width);
  return pictures;
}
