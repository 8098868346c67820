import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { characterPoints, CHARACTER_POINTS, POINT_FEATURES } from '../../ink/characterPoints';
import { ModelError } from '../../models/errors';
import { readInkCard, type InkCard } from '../../models/inkCard';
import { loadLayers } from './layersModel';
import type { DrawnInk } from './loadedModel';

/** The network that reads the points of a character, beside a model that reads its picture. */
export class InkNetwork {
  constructor(
    readonly card: InkCard,
    private readonly layers: LayersModel,
  ) {}

  /**
   * The probability of every class for every ink and, behind them, that it is no character.
   *
   * @returns [inks, classes + 1], rows that sum to 1
   * @throws InkError where an ink has no point, or a coordinate that is not a finite number
   */
  async probabilities(inks: readonly DrawnInk[]): Promise<Float32Array> {
    const values = CHARACTER_POINTS * POINT_FEATURES;
    const x = new Float32Array(inks.length * values);
    inks.forEach(({ ink, penWidth }, index) => x.set(characterPoints(ink, penWidth), index * values));
    const output = tf.tidy(
      () => this.layers.apply(tf.tensor(x, [inks.length, CHARACTER_POINTS, POINT_FEATURES, 1])) as tf.Tensor,
    );
    try {
      return Float32Array.from(await output.data());
    } finally {
      output.dispose();
    }
  }

  dispose(): void {
    this.layers.dispose();
  }
}

/**
 * Loads the folder of a network of points.
 *
 * @throws ModelError where it is not whole, or of something else
 */
export async function loadInkNetwork(folder: string): Promise<InkNetwork> {
  const card = await readInkCard(folder);
  const layers = await loadLayers(folder);
  const { points, features } = card.preprocessing;
  const isSame =
    layers.outputShape[1] === card.classes.length + 1 &&
    points === CHARACTER_POINTS &&
    features === POINT_FEATURES;
  if (isSame) return new InkNetwork(card, layers);
  layers.dispose();
  throw new ModelError(`The network in ${folder} is another one than its card says: import the model again.`);
}
