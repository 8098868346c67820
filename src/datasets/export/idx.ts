import type { ReadableSplit } from '../readableSplit';
import { pictureOf } from '../pictures';

/**
 * The bytes of an IDX file of pictures, batch by batch.
 *
 * @param step called for each sample that is passed on
 */
export async function* idxImages(
  { labels, height, width, batches }: ReadableSplit,
  size: number,
  step: () => void,
): AsyncGenerator<Buffer> {
  yield header(0x0803, labels.length, height, width);
  for await (const batch of batches(size)) {
    const pictures = Array.from(batch.labels, (_, index) => {
      step();
      return pictureOf(batch, index);
    });
    yield Buffer.concat(pictures);
  }
}

/** The bytes of an IDX file of labels, which holds classes below 256. */
export function* idxLabels({ labels }: ReadableSplit): Generator<Buffer> {
  yield header(0x0801, labels.length);
  yield Buffer.from(Uint8Array.from(labels));
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
