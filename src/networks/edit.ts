import type { ParameterValue } from './layerWords';
import { type Layer, layerSchema, type Network, NetworkError, networkSchema } from './network';

/** One change of a network. Places count from 0; a layer moves to the place that it has afterwards. */
export type Edit =
  | { readonly type: 'insert'; readonly at: number; readonly layer: Layer }
  | { readonly type: 'move'; readonly from: number; readonly to: number }
  | { readonly type: 'duplicate'; readonly at: number }
  | { readonly type: 'remove'; readonly at: number }
  /** Without a value the parameter is taken out, and its usual value holds. */
  | {
      readonly type: 'set';
      readonly at: number;
      readonly parameter: string;
      readonly value?: ParameterValue | undefined;
    }
  | { readonly type: 'input'; readonly input: readonly [number, number, number] }
  | { readonly type: 'rename'; readonly name: string };

/**
 * The network after a change; the one given stays as it is.
 *
 * @throws NetworkError where there is no such layer, or where the result would be no network
 */
export function edited(network: Network, edit: Edit): Network {
  const result = networkSchema.safeParse(changed(network, edit));
  if (result.success) return result.data;
  throw new NetworkError(
    `The network cannot be changed so: ${result.error.issues[0]?.message ?? 'unknown'}.`,
  );
}

function changed(network: Network, edit: Edit): Network {
  const { layers } = network;
  switch (edit.type) {
    case 'insert':
      return { ...network, layers: layers.toSpliced(placeIn(layers.length + 1, edit.at), 0, edit.layer) };
    case 'move': {
      const moved = layerAt(network, edit.from);
      const others = layers.toSpliced(edit.from, 1);
      return { ...network, layers: others.toSpliced(placeIn(layers.length, edit.to), 0, moved) };
    }
    case 'duplicate':
      return { ...network, layers: layers.toSpliced(edit.at + 1, 0, { ...layerAt(network, edit.at) }) };
    case 'remove':
      return { ...network, layers: layers.toSpliced(placeIn(layers.length, edit.at), 1) };
    case 'set':
      return { ...network, layers: layers.with(edit.at, withParameter(layerAt(network, edit.at), edit)) };
    case 'input':
      return { ...network, input: [...edit.input] };
    case 'rename':
      return { ...network, name: edit.name };
  }
}

function withParameter(
  layer: Layer,
  { parameter, value }: { parameter: string; value?: ParameterValue | undefined },
): Layer {
  const { [parameter]: _, ...others }: Record<string, unknown> = layer;
  const result = layerSchema.safeParse(value === undefined ? others : { ...layer, [parameter]: value });
  if (result.success) return result.data;
  throw new NetworkError(`"${parameter}" cannot be that: ${result.error.issues[0]?.message ?? 'unknown'}.`);
}

function layerAt({ layers }: Network, at: number): Layer {
  return layers[placeIn(layers.length, at)] as Layer;
}

function placeIn(length: number, at: number): number {
  if (Number.isInteger(at) && at >= 0 && at < length) return at;
  throw new NetworkError('There is no such layer any more: look at the network and try again.');
}
