import { Random } from '../../src/base/random';
import type { NetworkModel } from '../../src/engine/models/layersModel';
import { shiftOutputBias } from '../../src/engine/models/outputBias';
import { PICTURE_SIZE } from '../../src/ink/rasterize';
import { BUNDLED_CLASSES } from './classes';
import type { PooledPicture } from './pools';

const SIZE = { height: PICTURE_SIZE, width: PICTURE_SIZE };
const PIXELS = PICTURE_SIZE * PICTURE_SIZE;
const BATCH = 256;
const LEAST_PROBABILITY = 1e-12;
/** Enough for the biases to settle. */
const ROUNDS = 40;
const STEP = 0.8;
/** Keeps the bias of a class with few samples near 0. */
const CAUTION = 20;

/**
 * Corrects the bias of each class in the last layer, so that on samples with their natural frequencies each class is
 * given as often as it occurs. Sources that hold all classes alike make rare ones too likely (Saerens et al. 2002).
 *
 * @param samples pictures of the training, one class each; classes that none has keep their bias
 * @param count how many samples to look at
 */
export async function correctPriors(
  model: NetworkModel,
  samples: readonly PooledPicture[],
  count: number,
  random: Random,
): Promise<void> {
  const chosen = random.permutation(samples.length).subarray(0, count);
  const labels = Array.from(chosen, (index) => samples[index]?.classes[0] ?? 0);
  const rows: Float64Array[] = [];
  for (let from = 0; from < chosen.length; from += BATCH) {
    const batch = chosen.subarray(from, from + BATCH);
    const pictures = new Uint8Array(batch.length * PIXELS);
    batch.forEach((index, i) => {
      pictures.set(samples[index]?.pixels ?? [], i * PIXELS);
    });
    const probabilities = await model.probabilities({ pixels: pictures, count: batch.length, ...SIZE });
    for (let i = 0; i < batch.length; i++) {
      const row = probabilities.subarray(i * BUNDLED_CLASSES.length, (i + 1) * BUNDLED_CLASSES.length);
      rows.push(Float64Array.from(row, (probability) => Math.log(probability + LEAST_PROBABILITY)));
    }
  }
  shiftOutputBias(model.layers, fitBiases(rows, labels, BUNDLED_CLASSES.length));
}

/** The bias of each class under which the mean probability of a class is the share of samples that are of it. */
function fitBiases(rows: readonly Float64Array[], labels: readonly number[], classes: number): Float32Array {
  const biases = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  for (let round = 0; round < ROUNDS; round++) {
    const excess = counts.slice();
    for (const row of rows) {
      const weights = row.map((value, index) => Math.exp(value + (biases[index] ?? 0)));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      weights.forEach((weight, index) => {
        excess[index] = (excess[index] ?? 0) - weight / total;
      });
    }
    excess.forEach((value, index) => {
      const occurring = counts[index] ?? 0;
      if (occurring > 0) biases[index] = (biases[index] ?? 0) + (STEP * value) / (occurring + CAUTION);
    });
  }
  return Float32Array.from(biases);
}
