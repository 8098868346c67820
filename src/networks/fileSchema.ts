import * as z from 'zod';
import type { JsonSchema } from './layerFields';
import { LAYERS, type ParameterWords } from './layerWords';
import { LINE_LAYERS } from './lineLayerWords';
import { lineNetworkSchema } from './lineNetwork';
import { networkSchema } from './network';

/** The words of a layer as far as its schema has them. */
interface Words {
  readonly name: string;
  readonly explanation: string;
  readonly example: unknown;
  readonly parameters: object;
}

/**
 * The JSON Schema of `*.scrawlnet.json`, with every layer and parameter explained, and a snippet for each layer: what
 * media/network.schema.json holds. A network whose input has two numbers reads lines, any other pictures.
 */
export function networkFileSchema(): object {
  const { $schema, ...pictures } = explained(
    networkSchema,
    LAYERS,
    'Height, width and channels of one sample: [28, 28, 1] for EMNIST and MNIST.',
  );
  const { $schema: _, ...lines } = explained(
    lineNetworkSchema,
    LINE_LAYERS,
    'Any number of points, written null, and the numbers of each: [null, 12].',
  );
  return {
    $schema,
    description: 'A network for Scrawl: an architecture without weights.',
    if: { properties: { input: { type: 'array', maxItems: 2 } }, required: ['input'] },
    then: lines,
    else: pictures,
  };
}

function explained(
  networks: z.ZodType,
  words: Readonly<Record<string, Words>>,
  inputWords: string,
): JsonSchema & { $schema?: string } {
  const schema = z.toJSONSchema(networks, { target: 'draft-7' }) as unknown as JsonSchema;
  const { name, input, layers } = schema.properties ?? {};
  const item = layers?.items;
  if (!name || !input || !layers || !item || Array.isArray(item))
    throw new Error('the schema of networks changed');
  name.description = 'What the network is called.';
  input.description = inputWords;
  layers.description =
    'The layers, first to last. The one that gives a probability for each class is added in training.';
  explainLayers(item, words);
  return schema;
}

/** Adds what each layer is and does, and the layers that completion offers. */
function explainLayers(item: JsonSchema, words: Readonly<Record<string, Words>>): void {
  const known = item.oneOf ?? [];
  for (const layer of known) explain(layer, words);
  const types = known.map(({ properties }) => properties?.['type']?.const ?? '');
  item.defaultSnippets = types.flatMap((type) => {
    const { name: label, explanation: description, example: body } = words[type] ?? {};
    return label === undefined || description === undefined ? [] : [{ label, description, body }];
  });
}

/** Adds what a layer and its parameters do. */
function explain(layer: JsonSchema, words: Readonly<Record<string, Words>>): void {
  const { type: typeSchema, ...parameters } = layer.properties ?? {};
  const known = words[typeSchema?.const ?? ''];
  if (!known) return;
  layer.description = `${known.name}. ${known.explanation}`;
  if (typeSchema) typeSchema.description = layer.description;
  for (const [parameter, schema] of Object.entries(parameters)) {
    const about = (known.parameters as Record<string, ParameterWords | undefined>)[parameter];
    if (!about) continue;
    const usual = about.usualInWords === undefined ? '' : ` Where it is not given: ${about.usualInWords}.`;
    schema.description = `${about.name}. ${about.explanation}${usual}`;
    if (about.usual !== undefined) schema.default = about.usual;
    // a block has layers of its own
    if (schema.items && !Array.isArray(schema.items)) explainLayers(schema.items, words);
  }
}
