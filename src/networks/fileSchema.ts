import * as z from 'zod';
import type { JsonSchema } from './layerFields';
import { LAYERS, type LayerType, parameterWords } from './layerWords';
import { networkSchema } from './network';

/**
 * The JSON Schema of `*.scrawlnet.json`, with every layer and parameter explained, and a snippet for each layer: what
 * media/network.schema.json holds.
 */
export function networkFileSchema(): object {
  const schema = z.toJSONSchema(networkSchema, { target: 'draft-7' }) as unknown as JsonSchema;
  const { name, input, layers } = schema.properties ?? {};
  const item = layers?.items;
  if (!name || !input || !layers || !item || Array.isArray(item))
    throw new Error('the schema of networks changed');
  schema.description = 'A network for Scrawl: an architecture without weights.';
  name.description = 'What the network is called.';
  input.description = 'Height, width and channels of one sample: [28, 28, 1] for EMNIST and MNIST.';
  layers.description =
    'The layers, first to last. The one that gives a probability for each class is added in training.';
  item.oneOf?.forEach(explain);
  item.defaultSnippets = Object.values(LAYERS).map(({ name: label, explanation, example }) => ({
    label,
    description: explanation,
    body: example,
  }));
  return schema;
}

/** Adds what a layer and its parameters do. */
function explain(layer: JsonSchema): void {
  const { type: typeSchema, ...parameters } = layer.properties ?? {};
  const type = typeSchema?.const as LayerType;
  const { name, explanation } = LAYERS[type];
  layer.description = `${name}. ${explanation}`;
  if (typeSchema) typeSchema.description = layer.description;
  for (const [parameter, schema] of Object.entries(parameters)) {
    const words = parameterWords(type, parameter);
    if (!words) continue;
    const usual = words.usualInWords === undefined ? '' : ` Where it is not given: ${words.usualInWords}.`;
    schema.description = `${words.name}. ${words.explanation}${usual}`;
    if (words.usual !== undefined) schema.default = words.usual;
  }
}
