import * as z from 'zod';
import { ModelError } from './errors';
import { readLayersFolder } from './layersFolder';

const layersSchema = z.object({
  config: z.object({ layers: z.array(z.object({ config: z.object({ name: z.string() }) })) }),
});

/**
 * The names of a model's layers that learn, from its input to its output.
 *
 * @throws ModelError where the model is damaged, or has no such layers
 */
export async function layerNames(folder: string): Promise<string[]> {
  const { modelTopology, weightSpecs } = await readLayersFolder(folder);
  // as TensorFlow.js writes it, or as Keras does
  const topology = layersSchema.safeParse(modelTopology['model_config'] ?? modelTopology);
  if (!topology.success) {
    throw new ModelError(`The layers of the model in ${folder} cannot be read: train or import it again.`);
  }
  const learning = new Set(weightSpecs.map(({ name }) => name.replace(/\/[^/]*$/, '')));
  return topology.data.config.layers.map(({ config }) => config.name).filter((name) => learning.has(name));
}
