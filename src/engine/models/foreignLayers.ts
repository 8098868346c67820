import * as tf from '@tensorflow/tfjs-core';
import { model as modelOf, type LayersModel } from '@tensorflow/tfjs-layers';
import * as z from 'zod';
import { formatBytes } from '../../base/words';
import { ModelError } from '../../models/errors';
import { elementsOf } from '../../models/weights';

/** Layers that TensorFlow.js has a name for, and cannot compute. */
const NOT_COMPUTED = new Set(['Resizing', 'CenterCrop', 'RandomHeight', 'RandomWidth', 'CategoryEncoding']);
/** What all layers give for one picture: the bundled model's take a megabyte. */
const MOST_BYTES = 256 * 2 ** 20;
/** Multiplications for one picture; the bundled model does some twenty million. */
const MOST_MULTIPLICATIONS = 5e9;

const layersSchema = z.object({
  config: z.object({
    layers: z.array(
      z.object({ class_name: z.string(), config: z.looseObject({ name: z.string().optional() }) }),
    ),
  }),
});

/** @throws ModelError that names the first layer which TensorFlow.js does not know, or cannot compute */
export function checkKinds(topology: Readonly<Record<string, unknown>>, folder: string): void {
  const parsed = layersSchema.safeParse(topology['model_config'] ?? topology);
  if (!parsed.success) return;
  const { classNameMap: known } = tf.serialization.SerializationMap.getMap();
  for (const { class_name: kind, config } of parsed.data.config.layers) {
    if (Object.hasOwn(known, kind) && !NOT_COMPUTED.has(kind)) continue;
    throw new ModelError(
      `The layers in ${folder} cannot be built ("${config.name ?? ''}" is a ${kind}, which Scrawl does not have): leave it out, and export the model again.`,
    );
  }
}

/** @throws ModelError where the layers need more memory or time for one picture than any model of characters */
export function checkWork({ layers }: LayersModel, folder: string): void {
  let [values, multiplications] = [0, 0];
  for (const layer of layers) {
    const shapes = [layer.outputShape].flat(1) as (number | null)[] | (number | null)[][];
    const lists = Array.isArray(shapes[0]) ? (shapes as (number | null)[][]) : [shapes as (number | null)[]];
    const given = lists.reduce((sum, shape) => sum + elementsOf(shape.map((side) => side ?? 1)), 0);
    values += given;
    const [kernel] = layer.weights;
    const pool = (layer as { poolSize?: unknown }).poolSize;
    const taken = kernel ? elementsOf(kernel.shape.slice(0, -1).map((side) => side ?? 1)) : 1;
    multiplications += given * Math.max(taken, Array.isArray(pool) ? elementsOf(pool as number[]) : 1);
  }
  if (!(4 * values <= MOST_BYTES)) {
    throw new ModelError(
      `The layers in ${folder} need ${formatBytes(4 * values)} for one picture: take a smaller model.`,
    );
  }
  if (!(multiplications <= MOST_MULTIPLICATIONS)) {
    throw new ModelError(`The layers in ${folder} need minutes for one picture: take a smaller model.`);
  }
}

/** The first layer that fails at an empty picture, with its kind; undefined where none does. */
export function failingLayer({ inputs, layers }: LayersModel): string | undefined {
  const [, height = 0, width = 0, channels = 1] = inputs[0]?.shape as number[];
  for (const layer of layers) {
    try {
      tf.tidy(() =>
        modelOf({ inputs, outputs: layer.output }).predict(tf.zeros([1, height, width, channels])),
      );
    } catch {
      return `"${layer.name}" (${layer.getClassName()})`;
    }
  }
  return undefined;
}
