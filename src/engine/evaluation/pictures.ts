import type { Samples } from '../../datasets/samples';
import { PICTURE_SIZE, rasterize } from '../../ink/rasterize';

/**
 * The pictures of some samples as a network takes them, one behind the other.
 *
 * @param chosen indices of samples
 * @returns [chosen, height, width] grey values 0 to 255
 */
export function picturesOf(samples: Samples, chosen: ArrayLike<number>): Uint8Array {
  const size = samples.kind === 'ink' ? PICTURE_SIZE * PICTURE_SIZE : samples.height * samples.width;
  const pictures = new Uint8Array(chosen.length * size);
  for (let i = 0; i < chosen.length; i++) pictures.set(pictureOf(samples, chosen[i] ?? 0, size), i * size);
  return pictures;
}

function pictureOf(samples: Samples, index: number, size: number): Uint8Array {
  if (samples.kind === 'images') return samples.pixels.subarray(index * size, (index + 1) * size);
  return rasterize(samples.inks[index] ?? [], { penWidth: samples.penWidths[index] });
}
