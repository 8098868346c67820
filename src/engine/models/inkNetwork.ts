import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { characterPoints, CHARACTER_POINTS, POINT_FEATURES } from '../../ink/characterPoints';
import { turnInk } from '../../ink/turnInk';
import { ModelError } from '../../models/errors';
import { readInkCard, type InkCard } from '../../models/inkCard';
import { loadLayers } from './layersModel';
import type { DrawnInk } from './loadedModel';
import { meanOfViews } from './meanOfViews';

/** The network that reads the points of a character, beside a model that reads its picture. */
export class InkNetwork {
  private readonly turns: readonly number[];

  /** @param turned degrees by which ink is turned to both sides, to be read three times; 0 reads it once */
  constructor(
    readonly card: InkCard,
    private readonly layers: LayersModel,
    turned = 0,
  ) {
    this.turns = turned === 0 ? [] : [-turned, turned];
  }

  /**
   * The probability of every class for every ink and, behind them, that it is no character.
   *
   * @returns [inks, classes + 1], rows that sum to 1
   * @throws InkError where an ink has no point, or a coordinate that is not a finite number
   */
  async probabilities(inks: readonly DrawnInk[]): Promise<Float32Array> {
    const turned = this.turns.map((degrees) =>
      inks.map(({ ink, penWidth }) => ({ ink: turnInk(ink, degrees), penWidth })),
    );
    const answers = await this.answers([inks, ...turned].flat());
    return meanOfViews(answers, 1 + turned.length, this.card.classes.length + 1);
  }

  dispose(): void {
    this.layers.dispose();
  }

  private async answers(inks: readonly DrawnInk[]): Promise<Float32Array> {
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
}

/**
 * Loads the folder of a network of points.
 *
 * @param turned degrees by which it turns ink to both sides, to read it three times; 0 reads it once
 * @throws ModelError where it is not whole, or of something else
 */
export async function loadInkNetwork(folder: string, turned = 0): Promise<InkNetwork> {
  const card = await readInkCard(folder);
  const layers = await loadLayers(folder);
  const { points, features } = card.preprocessing;
  const isSame =
    layers.outputShape[1] === card.classes.length + 1 &&
    points === CHARACTER_POINTS &&
    features === POINT_FEATURES;
  if (isSame) return new InkNetwork(card, layers, turned);
  layers.dispose();
  throw new ModelError(`The network in ${folder} is another one than its card says: import the model again.`);
}
