import type { Card } from '../../card';
import { ModelError } from '../../errors';
import { encodeOnnx, ONNX_TYPE, type OnnxValueInfo } from '../../onnx/messages';
import { ONNX_CLASSES } from '../../onnx/classes';
import type { ExportedGraph } from '../exportedGraph';
import type { Shape } from '../exportedLayer';
import { GraphWriter, type WrittenValue } from './graphWriter';
import { OTHER_LAYERS } from './otherLayers';
import { PICTURE_LAYERS } from './pictureLayers';

/** The first version of the operators that has layer normalization, and the format's version of that time. */
const [OPSET, IR_VERSION] = [17, 8];
/** What a file calls its input, its output, and how many pictures there are at once. */
const [INPUT, OUTPUT, PICTURES] = ['picture', 'probabilities', 'pictures'];
const WRITERS = new Map(Object.entries({ ...PICTURE_LAYERS, ...OTHER_LAYERS }));

/**
 * A model as an ONNX file: of any number of pictures, channels before height and width, gray values 0 to 1, ink being
 * light, it gives a probability for each class. The classes are in its metadata.
 *
 * @throws ModelError that names the layer which cannot be written
 */
export function onnxFile({ layers, shapes, output }: ExportedGraph, card: Card): Uint8Array {
  const writer = new GraphWriter();
  const values = new Map<string, WrittenValue>();
  const [input, second] = layers.filter(({ kind }) => kind === 'InputLayer');
  if (!input || second)
    throw new ModelError(`"${card.name}" takes no single picture: export it as TensorFlow.js.`);
  const taken = shapes.get(input.name) ?? [];
  const isPicture = taken.length === 3;
  values.set(input.name, { name: INPUT, shape: taken, channelsFirst: isPicture });
  for (const layer of layers) {
    if (layer === input) continue;
    const [first, ...others] = layer.inputs.flatMap((name) => values.get(name) ?? []);
    const write = WRITERS.get(layer.kind);
    if (!write || !first) throw layer.unsupported();
    const written = write(writer, layer, [first, ...others]);
    values.set(layer.name, { ...written, shape: shapes.get(layer.name) ?? [] });
  }
  const [height = 1, width = 1, channels = 1] = taken;
  const answer = values.get(output)?.name;
  return encodeOnnx({
    irVersion: IR_VERSION,
    producerName: 'Scrawl',
    opsetImport: [{ domain: '', version: OPSET }],
    graph: {
      name: card.name,
      node: writer.nodes.map((node) => ({
        ...node,
        input: (node.input ?? []).map((name) => (name === answer ? OUTPUT : name)),
        output: (node.output ?? []).map((name) => (name === answer ? OUTPUT : name)),
      })),
      initializer: writer.tensors,
      input: [valueInfo(INPUT, isPicture ? [channels, height, width] : taken)],
      output: [valueInfo(OUTPUT, shapes.get(output) ?? [])],
    },
    metadataProps: [{ key: ONNX_CLASSES, value: JSON.stringify(card.classes) }],
  });
}

function valueInfo(name: string, shape: Shape): OnnxValueInfo {
  const dim = [{ dimParam: PICTURES }, ...shape.map((dimValue) => ({ dimValue }))];
  return { name, type: { tensorType: { elemType: ONNX_TYPE.float, shape: { dim } } } };
}
