import { largestOf, lengthOf } from '../../base/vectors';
import type { Rows } from './denseEnd';

/** Column by column the last layer: a kernel [inputs, classes] and a bias [classes]. */
export interface LastLayer {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Starts the columns of new classes in the last layer from their prototypes: as long as the known ones on average, in
 * the direction from the middle of what is known to the mean of the new samples, and as sure of that mean as the network
 * is of what it knows (Qi et al. 2018, imprinted weights).
 *
 * @param layer of all classes; those from `known` on are written
 * @param replay embeddings of known characters
 * @param samples embeddings of each new class' samples
 */
export function imprint(
  { kernel, bias }: LastLayer,
  known: number,
  replay: Rows,
  samples: readonly Rows[],
): void {
  const classes = bias.length;
  const center = meanOf(replay);
  const length = meanLength(kernel, classes, known);
  const sure = meanTopLogit({ kernel, bias }, known, replay);
  samples.forEach((rows, index) => {
    const mean = meanOf(rows);
    const direction = mean.map((value, i) => value - (center[i] ?? 0));
    const size = lengthOf(direction) || 1;
    let logit = 0;
    direction.forEach((value, i) => {
      const weight = (length * value) / size;
      kernel[i * classes + known + index] = weight;
      logit += weight * (mean[i] ?? 0);
    });
    bias[known + index] = sure - logit;
  });
}

/** The mean of rows. */
export function meanOf({ values, width, count }: Rows): Float64Array {
  const mean = new Float64Array(width);
  for (let at = 0; at < values.length; at++) {
    mean[at % width] = (mean[at % width] ?? 0) + (values[at] ?? 0) / count;
  }
  return mean;
}

function meanLength(kernel: Float32Array, classes: number, known: number): number {
  const squares = new Float64Array(known);
  kernel.forEach((weight, at) => {
    const column = at % classes;
    if (column < known) squares[column] = (squares[column] ?? 0) + weight * weight;
  });
  return squares.reduce((sum, square) => sum + Math.sqrt(square) / known, 0);
}

/** The mean, over samples, of the known class that is likeliest. */
function meanTopLogit({ kernel, bias }: LastLayer, known: number, { values, width, count }: Rows): number {
  let sum = 0;
  for (let row = 0; row < count; row++) {
    const logits = Float64Array.from(bias.subarray(0, known));
    for (let i = 0; i < width; i++) {
      const value = values[row * width + i] ?? 0;
      if (value === 0) continue;
      for (let c = 0; c < known; c++) {
        logits[c] = (logits[c] ?? 0) + value * (kernel[i * bias.length + c] ?? 0);
      }
    }
    sum += largestOf(logits) / count;
  }
  return sum;
}
