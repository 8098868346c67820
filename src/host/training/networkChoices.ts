import { NetworkError, parseNetwork, type Network } from '../../networks/network';
import { PRESETS } from '../../networks/presets';
import { verify } from '../../networks/verify';

/** A network that a run can start with. */
export interface NetworkChoice {
  /** A preset's name, or a file's address. */
  readonly value: string;
  readonly label: string;
  readonly detail: string;
  read(): Promise<Network>;
}

/** The presets, each with what it has to learn. */
export function presetChoices(): NetworkChoice[] {
  return Object.values(PRESETS).map((network) => ({
    value: network.name,
    label: network.name,
    detail: sizeOf(network),
    read: () => Promise.resolve(network),
  }));
}

/** A network's weights in words, but for its last layer, which follows from the classes. */
export function sizeOf(network: Network): string {
  const { layers, problem } = verify(network);
  if (problem) return 'cannot work';
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return `${parameters.toLocaleString('en')} parameters`;
}

/**
 * Reads a network that will be trained.
 *
 * @throws NetworkError where its shapes cannot work, with the layer and the reason
 */
export function readNetworkText(text: string): Network {
  const network = parseNetwork(text);
  const { problem } = verify(network);
  if (!problem) return network;
  const type = network.layers[problem.layer]?.type ?? '';
  throw new NetworkError(
    `Layer ${problem.layer + 1} (${type}) of ${network.name} cannot work: ${problem.reason}`,
  );
}
