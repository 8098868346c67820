import type { ImageSamples, InkSamples, Samples } from './samples';

/** Some of the samples, in the order that they are given in. */
export function pickSamples(samples: Samples, indices: ArrayLike<number>): Samples {
  const labels = Uint16Array.from(indices, (index) => samples.labels[index] ?? 0);
  return samples.kind === 'ink' ? pickInk(samples, indices, labels) : pickImages(samples, indices, labels);
}

function pickInk(samples: InkSamples, indices: ArrayLike<number>, labels: Uint16Array): InkSamples {
  const pick = <T>(values: readonly T[]) => Array.from(indices, (index) => values[index] as T);
  const { inks, penWidths, writers, guides } = samples;
  return {
    kind: 'ink',
    labels,
    inks: pick(inks),
    penWidths: pick(penWidths),
    writers: pick(writers),
    ...(guides && { guides: pick(guides) }),
  };
}

/** Copies runs of pictures, into memory that the engine's threads can share where the original lies in such. */
function pickImages(samples: ImageSamples, indices: ArrayLike<number>, labels: Uint16Array): ImageSamples {
  const size = samples.height * samples.width;
  const shared = samples.pixels.buffer instanceof SharedArrayBuffer;
  const buffer = shared
    ? new SharedArrayBuffer(indices.length * size)
    : new ArrayBuffer(indices.length * size);
  const pixels = new Uint8Array(buffer);
  let to = 0;
  for (let at = 0; at < indices.length;) {
    const first = indices[at] ?? 0;
    let end = at + 1;
    while (end < indices.length && indices[end] === first + end - at) end++;
    pixels.set(samples.pixels.subarray(first * size, (first + end - at) * size), to);
    to += (end - at) * size;
    at = end;
  }
  return { ...samples, pixels, labels };
}
