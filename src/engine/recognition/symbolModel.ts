import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { DIRECTIONS, directionMaps } from '../../ink/directionMaps';
import type { Ink } from '../../ink/ink';
import { ModelError } from '../../models/errors';
import { readSymbolCard, type SymbolCard } from '../../models/symbolCard';
import { loadLayers } from '../models/layersModel';

/** A class of symbols and its probability, 0 to 1. */
export interface SymbolCandidate {
  /** As `media/symbols.json` names it. */
  readonly id: string;
  readonly probability: number;
}

/** A model that reads symbols, ready to compute. */
export class SymbolModel {
  constructor(
    readonly card: SymbolCard,
    readonly layers: LayersModel,
  ) {}

  /**
   * The probability of every class for every ink.
   *
   * @returns [inks, classes], rows that sum to 1
   * @throws InkError where an ink has no point, or a coordinate that is not a finite number
   */
  async probabilities(inks: readonly Ink[]): Promise<Float32Array> {
    const { height } = this.card.preprocessing;
    const values = height * height * DIRECTIONS;
    const x = new Float32Array(inks.length * values);
    inks.forEach((ink, index) => {
      directionMaps(ink, height).forEach((value, at) => (x[index * values + at] = value / 255));
    });
    const output = tf.tidy(
      () => this.layers.apply(tf.tensor(x, [inks.length, height, height, DIRECTIONS])) as tf.Tensor,
    );
    try {
      return Float32Array.from(await output.data());
    } finally {
      output.dispose();
    }
  }

  /**
   * What ink may be, most likely first.
   *
   * @param top candidates at most
   * @throws InkError where the ink has no point, or a coordinate that is not a finite number
   */
  async read(ink: Ink, top: number): Promise<SymbolCandidate[]> {
    const probabilities = await this.probabilities([ink]);
    return this.card.classes
      .map((id, index) => ({ id, probability: probabilities[index] ?? 0 }))
      .sort((a, b) => b.probability - a.probability)
      .slice(0, top);
  }

  dispose(): void {
    this.layers.dispose();
  }
}

/**
 * Loads the folder of a model that reads symbols.
 *
 * @throws ModelError where it is not whole, or of something else
 */
export async function loadSymbolModel(folder: string): Promise<SymbolModel> {
  const card = await readSymbolCard(folder);
  const layers = await loadLayers(folder);
  if (layers.outputShape[1] !== card.classes.length) {
    throw new ModelError(
      `The model in ${folder} gives another number of classes than its card: import it again.`,
    );
  }
  return new SymbolModel(card, layers);
}
