import { DatasetError } from './errors';
import type { ImageSamples } from './samples';

/**
 * Two sets of pictures of one size as one.
 *
 * @throws DatasetError where their sizes differ
 */
export function concatenate(first: ImageSamples, second: ImageSamples): ImageSamples {
  if (first.height !== second.height || first.width !== second.width) {
    throw new DatasetError('The train and test images differ in size: fetch the dataset again.');
  }
  const pixels = new Uint8Array(first.pixels.length + second.pixels.length);
  pixels.set(first.pixels);
  pixels.set(second.pixels, first.pixels.length);
  return { ...first, pixels, labels: Uint16Array.from([...first.labels, ...second.labels]) };
}
