import { NETWORK_SUFFIX } from '../../base/fileKinds';
import { edited } from '../../networks/edit';
import { fieldsOf } from '../../networks/layerFields';
import { summaryOf } from '../../networks/layerSummary';
import { LAYER_GROUPS, LAYERS, type LayerType } from '../../networks/layerWords';
import { isLineNetwork } from '../../networks/lineNetwork';
import { type Network, NetworkError } from '../../networks/network';
import { rewriteNetwork, writeNetwork } from '../../networks/networkText';
import { outputLayer } from '../../networks/outputLayer';
import { parseAnyNetwork } from '../../networks/parseAnyNetwork';
import { verify } from '../../networks/verify';
import type { Catalog, DesignerEdit, ShownNetwork } from '../../protocol/pages/designer';

/** Everything that a network can be made of, for the palette and the forms. */
export function catalog(datasets: Catalog['datasets']): Catalog {
  const kinds = Object.entries(LAYERS).map(([type, { name, group, explanation }]) => ({
    type,
    name,
    group,
    explanation,
    fields: fieldsOf(type as LayerType),
  }));
  return { type: 'catalog', groups: [...LAYER_GROUPS], kinds, datasets };
}

/**
 * The network that a file holds; an empty file is a network without layers.
 *
 * @param fileName names the network of an empty file
 * @throws NetworkError where the file is wrong
 */
export function readNetwork(text: string, fileName: string): Network {
  if (text.trim() === '') return emptyNetwork(nameFrom(fileName));
  const network = parseAnyNetwork(text);
  if (!isLineNetwork(network)) return network;
  throw new NetworkError(`${network.name} reads lines, which the designer does not draw: edit it as text.`);
}

/** A network without layers, for EMNIST's pictures. */
export function emptyNetwork(name: string): Network {
  return { name, input: [28, 28, 1], layers: [] };
}

/**
 * The text of a network's file after a change.
 *
 * @throws NetworkError where the file is wrong or the change would make it wrong
 */
export function editText(text: string, fileName: string, edit: DesignerEdit): string {
  const before = readNetwork(text, fileName);
  const after = edited(before, edit.type === 'insert' ? { ...edit, layer: exampleOf(edit.layer) } : edit);
  return text.trim() === '' ? writeNetwork(after) : rewriteNetwork(text, before, after);
}

/** A network as the designer shows it: shapes and weights of every layer, and the first that cannot work. */
export function shownNetwork(network: Network, revision: number, classes: number): ShownNetwork {
  const { layers: reports, problem } = verify(network);
  const layers = network.layers.map((layer, index) => {
    const { type, ...parameters } = layer;
    const report = reports[index];
    return {
      type,
      parameters: parameters as ShownNetwork['layers'][number]['parameters'],
      summary: summaryOf(layer),
      ...(report && { output: [...report.output], weights: report.parameters }),
    };
  });
  const shown = { type: 'network' as const, revision, name: network.name, input: network.input, layers };
  if (problem) return { ...shown, problem };
  const { flattens, parameters } = outputLayer(reports.at(-1)?.output ?? network.input, classes);
  const total = reports.reduce((sum, report) => sum + report.parameters, parameters);
  return { ...shown, last: { flattens, classes, weights: parameters }, total };
}

/** The network's name for a file: the file's own, without its extension. */
function nameFrom(fileName: string): string {
  const base = fileName.endsWith(NETWORK_SUFFIX) ? fileName.slice(0, -NETWORK_SUFFIX.length) : fileName;
  return base.slice(0, 100) || 'network';
}

function exampleOf(type: string) {
  if (Object.hasOwn(LAYERS, type)) return LAYERS[type as LayerType].example;
  throw new NetworkError(`There is no layer "${type}".`);
}
