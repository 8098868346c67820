import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { ModelError } from '../../models/errors';
import type { StoredLayers } from '../../models/layersFolder';
import { elementsOf } from '../../models/weights';

/** All weights that a layer may fill with values when it is made. */
const FILLED = ['kernel', 'bias', 'depthwise', 'pointwise', 'recurrent', 'embeddings', 'alpha'].concat(
  ...['gamma', 'beta', 'moving_mean', 'moving_variance'],
);
const DEEPEST = 60;

class TooManyWeights extends Error {}

/** Counts the numbers that layers ask for when they are made, and gives them none. */
class Counting extends tf.serialization.Serializable {
  static readonly className = 'ScrawlCounting';
  /** Numbers that may still be asked for. */
  static left = 0;

  apply(shape: readonly number[]): tf.Tensor {
    Counting.left -= elementsOf(shape);
    if (!(Counting.left >= 0)) throw new TooManyWeights();
    return tf.zeros([0]);
  }

  getConfig(): tf.serialization.ConfigDict {
    return {};
  }
}
tf.serialization.registerClass(Counting);

const NO_VALUES: Readonly<Record<string, object>> = Object.fromEntries(
  FILLED.map((name) => [`${name}_initializer`, { class_name: Counting.className, config: {} }]),
);

/**
 * Makes the layers without their weights, to see that they have no more than lie in the file: layers that claim more
 * would take all memory before that is noticed.
 *
 * @throws ModelError where they claim more; anything else that is wrong is left to whoever makes them
 */
export async function checkWeightsFirst(
  { modelTopology, weightSpecs }: StoredLayers,
  place: string,
): Promise<void> {
  Counting.left = weightSpecs.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  const counted = counting(modelTopology, 0) as object;
  try {
    (await loadLayersModel({ load: () => Promise.resolve({ modelTopology: counted }) })).dispose();
  } catch (cause) {
    if (!(cause instanceof TooManyWeights)) return;
    throw new ModelError(`The layers in ${place} are larger than its weights: do not use this model.`, {
      cause,
    });
  }
}

/** The same description, all of whose layers ask `Counting`. */
function counting(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) throw new ModelError('The model holds models in models in models: export it flat.');
  if (Array.isArray(value)) return value.map((each) => counting(each, depth + 1));
  const plain: Record<string, unknown> = Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([key, inner]) => [key, counting(inner, depth + 1)]),
  );
  const { class_name: kind, config } = plain;
  if (typeof kind !== 'string' || typeof config !== 'object' || config === null || Array.isArray(config))
    return plain;
  return { ...plain, config: { ...config, ...NO_VALUES } };
}
