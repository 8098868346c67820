import { isDeepStrictEqual } from 'node:util';
import { counted } from '../../base/words';
import { isLineNetwork, type LineNetwork, verifyLineNetwork } from '../../networks/lineNetwork';
import { NetworkError } from '../../networks/network';
import { parseAnyNetwork, type AnyNetwork } from '../../networks/parseAnyNetwork';
import { PRESETS } from '../../networks/presets';
import { LINE_PRESETS } from '../../networks/scrawlLine';
import { verify } from '../../networks/verify';

/** A network that a run can start with. */
export interface NetworkChoice {
  /** A preset's name, or a file's address. */
  readonly value: string;
  readonly label: string;
  readonly detail: string;
  read(): Promise<AnyNetwork>;
}

/** The presets, each with what it has to learn. */
export function presetChoices(): NetworkChoice[] {
  return [...Object.values(PRESETS), ...Object.values(LINE_PRESETS)].map((network) => ({
    value: network.name,
    label: network.name,
    detail: sizeOf(network),
    read: () => Promise.resolve(network),
  }));
}

/** A network as a choice: the preset that it is, else its own. */
export function choiceOf(
  network: AnyNetwork,
  own: Pick<NetworkChoice, 'value' | 'label'>,
  detail: string,
): NetworkChoice {
  const { name } = network;
  const isPreset = isDeepStrictEqual(PRESETS[name] ?? LINE_PRESETS[name], network);
  return {
    ...(isPreset ? { value: name, label: name } : own),
    detail,
    read: () => Promise.resolve(network),
  };
}

/** A network's weights in words, but for its last layer, which follows from the classes. */
export function sizeOf(network: AnyNetwork): string {
  if (isLineNetwork(network)) return lineSizeOf(network);
  const { layers, problem } = verify(network);
  if (problem) return 'cannot work';
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return counted(parameters, 'parameter');
}

function lineSizeOf(network: LineNetwork): string {
  const { parameters, problem } = verifyLineNetwork(network, 0);
  return problem === undefined ? `${counted(parameters, 'parameter')}, reads lines of ink` : 'cannot work';
}

/**
 * Reads a network that will be trained.
 *
 * @throws NetworkError where its shapes cannot work, with the layer and the reason
 */
export function readNetworkText(text: string): AnyNetwork {
  const network = parseAnyNetwork(text);
  if (isLineNetwork(network)) return checkedLines(network);
  const { problem } = verify(network);
  if (!problem) return network;
  const type = network.layers[problem.layer]?.type ?? '';
  throw new NetworkError(
    `Layer ${problem.layer + 1} (${type}) of ${network.name} cannot work: ${problem.reason}`,
  );
}

function checkedLines(network: LineNetwork): LineNetwork {
  const { problem } = verifyLineNetwork(network, 0);
  if (problem !== undefined) throw new NetworkError(`${network.name} cannot work: ${problem}`);
  return network;
}
