import type { Samples } from '../samples';
import { pictureOf, sizeOf } from '../pictures';

/** The bytes of an IDX file of pictures, piece by piece. */
export function* idxImages(samples: Samples): Generator<Buffer> {
  const { height, width } = sizeOf(samples);
  yield header(0x0803, samples.labels.length, height, width);
  for (const index of samples.labels.keys()) yield Buffer.from(pictureOf(samples, index));
}

/** The bytes of an IDX file of labels, which holds classes below 256. */
export function* idxLabels(samples: Samples): Generator<Buffer> {
  yield header(0x0801, samples.labels.length);
  yield Buffer.from(Uint8Array.from(samples.labels));
}

/** Lines of `label code [code]`, as EMNIST's mapping files have them. */
export function mappingText(classes: readonly string[], covers: readonly string[]): string {
  return classes
    .map((name, index) => {
      const texts = [...new Set([...name, ...(covers[index] ?? name)])];
      return `${[index, ...texts.map((text) => text.codePointAt(0) ?? 0)].join(' ')}\n`;
    })
    .join('');
}

function header(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, index) => bytes.writeUInt32BE(number, 4 * index));
  return bytes;
}
