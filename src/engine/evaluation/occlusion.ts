import { ModelError } from '../../models/errors';
import type { LoadedModel } from '../models/loadedModel';

/** Side of the square that is hidden, and the step to the next one, pixels. */
const PATCH = 5;
const STRIDE = 2;

/** Where a network looks. */
export interface Occlusion {
  /** For each pixel the mean of what the class loses when a square about it is hidden, -1 to 1. */
  readonly drops: Float32Array;
  /** Of the class for the whole picture. */
  readonly probability: number;
}

/**
 * Hides a picture square by square, and watches the probability of a class (Zeiler and Fergus 2014, section 4.2).
 *
 * @param picture gray values, 0 background to 255 ink; what is hidden becomes background
 * @throws ModelError where the model has no such class
 */
export async function occlusion(
  model: LoadedModel,
  { pixels, width, height }: { pixels: Uint8Array; width: number; height: number },
  name: string,
): Promise<Occlusion> {
  const column = model.card.classes.indexOf(name);
  if (column < 0) throw new ModelError(`${model.card.name} has no class "${name}": choose another one.`);
  const corners = cornersOf(height).flatMap((y) => cornersOf(width).map((x) => ({ x, y })));
  const batch = new Uint8Array((corners.length + 1) * pixels.length);
  batch.set(pixels);
  corners.forEach((corner, index) => {
    const copy = batch.subarray((index + 1) * pixels.length, (index + 2) * pixels.length);
    copy.set(pixels);
    eachPixel(corner, width, height, (at) => (copy[at] = 0));
  });
  const classes = model.card.classes.length;
  const shares = await model.probabilities({ pixels: batch, count: corners.length + 1, width, height });
  const probability = shares[column] ?? 0;
  const sums = new Float32Array(pixels.length);
  const counts = new Float32Array(pixels.length);
  corners.forEach((corner, index) => {
    const drop = probability - (shares[(index + 1) * classes + column] ?? 0);
    eachPixel(corner, width, height, (at) => {
      sums[at] = (sums[at] ?? 0) + drop;
      counts[at] = (counts[at] ?? 0) + 1;
    });
  });
  return { probability, drops: sums.map((sum, at) => sum / (counts[at] ?? 1)) };
}

/** Where the squares begin along a side; the first and the last reach over the edge, so that all pixels are hidden. */
function cornersOf(side: number): number[] {
  const corners: number[] = [];
  for (let at = 1 - Math.ceil(PATCH / 2); at < side - 1; at += STRIDE) corners.push(at);
  return corners;
}

function eachPixel(
  corner: { x: number; y: number },
  width: number,
  height: number,
  visit: (at: number) => void,
): void {
  for (let y = Math.max(0, corner.y); y < Math.min(height, corner.y + PATCH); y++) {
    for (let x = Math.max(0, corner.x); x < Math.min(width, corner.x + PATCH); x++) visit(y * width + x);
  }
}
