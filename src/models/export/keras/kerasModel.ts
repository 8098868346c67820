import { ArchiveKeys } from '../../foreign/archiveKeys';
import { variableNames } from '../../foreign/kerasVariables';
import type { Weight } from '../../weights';
import type { ExportedGraph } from '../exportedGraph';
import type { ExportedLayer, Shape } from '../exportedLayer';
import { kerasLayer } from './kerasLayer';

/** A model in the words of Keras 3. */
export interface KerasModel {
  /** What `config.json` holds. */
  readonly config: object;
  /** The arrays of `model.weights.h5`, by their paths. */
  readonly weights: readonly Weight[];
}

/**
 * A model as a graph of Keras' layers.
 *
 * @throws ModelError that names the layer which Keras does not have
 */
export function kerasModel({ layers, shapes, output }: ExportedGraph): KerasModel {
  const names = kerasNames(layers);
  const nameOf = (layer: string) => names.get(layer) ?? layer;
  const reference = (layer: string) => [nameOf(layer), 0, 0];
  const input = layers.find(({ kind }) => kind === 'InputLayer');
  const config = {
    name: 'model',
    trainable: true,
    layers: layers.map((layer) => layerJson(layer, nameOf, shapes)),
    input_layers: input ? [reference(input.name)] : [],
    output_layers: [reference(output)],
  };
  return {
    config: {
      module: 'keras.src.models.functional',
      class_name: 'Functional',
      config,
      registered_name: 'Functional',
      compile_config: null,
    },
    weights: archived(layers),
  };
}

/** Names without what Keras does not allow in them, each its own. */
function kerasNames(layers: readonly ExportedLayer[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const used = new Set<string>();
  for (const { name } of layers) {
    const plain = name.replaceAll('/', '_');
    let free = plain;
    for (let number = 1; used.has(free); number++) free = `${plain}_${String(number)}`;
    used.add(free);
    names.set(name, free);
  }
  return names;
}

function layerJson(
  layer: ExportedLayer,
  nameOf: (layer: string) => string,
  shapes: ReadonlyMap<string, Shape>,
): object {
  const { kind, config } = kerasLayer(layer);
  const name = nameOf(layer.name);
  const tensors = layer.inputs.map((from) => ({
    class_name: '__keras_tensor__',
    config: {
      shape: [null, ...(shapes.get(from) ?? [])],
      dtype: 'float32',
      keras_history: [nameOf(from), 0, 0],
    },
  }));
  return {
    module: 'keras.layers',
    class_name: kind,
    config: { name, ...config },
    registered_name: null,
    name,
    // a layer that joins others takes them as a list
    inbound_nodes:
      tensors.length === 0 ? [] : [{ args: tensors.length > 1 ? [tensors] : tensors, kwargs: {} }],
  };
}

/** The weights where Keras keeps them. */
function archived(layers: readonly ExportedLayer[]): Weight[] {
  const keys = new ArchiveKeys();
  return layers.flatMap((layer) => {
    const place = `layers/${keys.next(layer.kind)}/vars`;
    return variableNames(layer.kind, layer.config).map((name, index) => ({
      ...layer.weight(name),
      name: `${place}/${String(index)}`,
    }));
  });
}
