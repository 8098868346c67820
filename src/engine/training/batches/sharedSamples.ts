import type { Ink, Stroke } from '../../../ink/ink';
import type { Guide } from '../../../ink/lines/guide';
import type { ImageSamples, InkSamples, Samples } from '../../../datasets/samples';
import type { StoredSplit } from '../../../datasets/store/storedSplit';

/**
 * Samples without their labels, in memory that threads share, or on the disk, where each thread reads for itself: sent
 * to a thread they are not copied.
 */
export type SharedSamples = SharedPictures | StoredPictures | SharedInk;

interface SharedPictures {
  readonly kind: 'images';
  readonly height: number;
  readonly width: number;
  /** [count, height, width] gray values. */
  readonly pixels: Uint8Array;
}

interface StoredPictures {
  readonly kind: 'stored';
  readonly split: StoredSplit;
}

interface SharedInk {
  readonly kind: 'ink';
  /** x and y of all points, one behind the other. */
  readonly points: Float64Array;
  /** For each stroke, how many points there are up to its end. */
  readonly strokeEnds: Uint32Array;
  /** For each drawing, how many strokes there are up to its end. */
  readonly inkEnds: Uint32Array;
  /** Of each drawing, 0 where it is unknown. */
  readonly penWidths: Float64Array;
  /** Base line and height of small letters of each drawing, 0 and 0 where they are unknown; empty where all are. */
  readonly guides: Float64Array;
}

/** Makes samples ready to be shared; pictures that lie in shared memory already stay where they are. */
export function share(samples: Samples): SharedSamples {
  return samples.kind === 'images' ? sharePictures(samples) : shareInk(samples);
}

function sharePictures({ height, width, pixels }: ImageSamples): SharedPictures {
  if (pixels.buffer instanceof SharedArrayBuffer) return { kind: 'images', height, width, pixels };
  const shared = new Uint8Array(new SharedArrayBuffer(pixels.length));
  shared.set(pixels);
  return { kind: 'images', height, width, pixels: shared };
}

function shareInk({ inks, penWidths, guides }: InkSamples): SharedInk {
  const strokes = inks.reduce((sum, ink) => sum + ink.length, 0);
  const points = inks.reduce((sum, ink) => sum + ink.reduce((each, stroke) => each + stroke.length, 0), 0);
  const shared: SharedInk = {
    kind: 'ink',
    points: new Float64Array(new SharedArrayBuffer(16 * points)),
    strokeEnds: new Uint32Array(new SharedArrayBuffer(4 * strokes)),
    inkEnds: new Uint32Array(new SharedArrayBuffer(4 * inks.length)),
    penWidths: new Float64Array(new SharedArrayBuffer(8 * inks.length)),
    guides: new Float64Array(new SharedArrayBuffer(guides ? 16 * inks.length : 0)),
  };
  let point = 0;
  let end = 0;
  inks.forEach((ink, index) => {
    for (const stroke of ink) {
      for (const [x, y] of stroke) shared.points.set([x, y], 2 * point++);
      shared.strokeEnds[end++] = point;
    }
    shared.inkEnds[index] = end;
    shared.penWidths[index] = penWidths[index] ?? 0;
    const guide = guides?.[index];
    if (guide) shared.guides.set([guide.baseline, guide.xHeight], 2 * index);
  });
  return shared;
}

/** A drawing as it was shared, without times and pressures. */
export function sharedInk({ points, strokeEnds, inkEnds }: SharedInk, index: number): Ink {
  const first = index > 0 ? (inkEnds[index - 1] ?? 0) : 0;
  const strokes: Stroke[] = [];
  for (let stroke = first; stroke < (inkEnds[index] ?? 0); stroke++) {
    const from = stroke > 0 ? (strokeEnds[stroke - 1] ?? 0) : 0;
    const length = (strokeEnds[stroke] ?? 0) - from;
    strokes.push(
      Array.from(
        { length },
        (_, i) => [points[2 * (from + i)] ?? 0, points[2 * (from + i) + 1] ?? 0] as const,
      ),
    );
  }
  return strokes;
}

/** The lines that a drawing was written on, where they are known. */
export function sharedGuide({ guides }: SharedInk, index: number): Guide | undefined {
  const [baseline = 0, xHeight = 0] = guides.subarray(2 * index, 2 * index + 2);
  return xHeight > 0 ? { baseline, xHeight } : undefined;
}
