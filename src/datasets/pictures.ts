import { PICTURE_SIZE, rasterize } from '../ink/rasterize';
import type { Samples } from './samples';

/** Height and width of a dataset's pictures; ink is drawn at the network's input size. */
export function sizeOf(samples: Samples): { height: number; width: number } {
  if (samples.kind === 'ink') return { height: PICTURE_SIZE, width: PICTURE_SIZE };
  const { height, width } = samples;
  return { height, width };
}

/** One sample as grey values, 0 background to 255 ink. */
export function pictureOf(samples: Samples, index: number): Uint8Array {
  if (samples.kind === 'ink') {
    return rasterize(samples.inks[index] ?? [], { penWidth: samples.penWidths[index] });
  }
  const size = samples.height * samples.width;
  return samples.pixels.subarray(index * size, (index + 1) * size);
}

/**
 * The pictures of some samples as a network takes them, one behind the other.
 *
 * @param chosen indices of samples
 * @returns [chosen, height, width] grey values 0 to 255
 */
export function picturesOf(samples: Samples, chosen: ArrayLike<number>): Uint8Array {
  const { height, width } = sizeOf(samples);
  const pictures = new Uint8Array(chosen.length * height * width);
  for (let i = 0; i < chosen.length; i++)
    pictures.set(pictureOf(samples, chosen[i] ?? 0), i * height * width);
  return pictures;
}
