import { ModelError } from '../errors';
import { graphOf } from '../foreign/graph';
import type { StoredModel } from '../modelFolder';
import { decodeWeights, type Weight } from '../weights';
import { ExportedLayer, type Shape } from './exportedLayer';
import { shapeAfter } from './shapeAfter';

/** The layers of a model in an order in which each stands behind those that it takes from, with their weights. */
export interface ExportedGraph {
  readonly layers: readonly ExportedLayer[];
  /** What each layer gives, by its name. */
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly output: string;
}

/**
 * The layers of a stored model, as exports write them one by one.
 *
 * @param format as messages say it
 * @throws ModelError that names the layer which cannot be exported
 */
export function exportedGraph(model: StoredModel, format: string): ExportedGraph {
  const { modelTopology, weightSpecs, weightData, card } = model;
  const graph = graphOf(modelTopology);
  if (!graph) {
    throw new ModelError(
      `The layers of "${card.name}" are none that ${format} can hold: export it as a TensorFlow.js folder.`,
    );
  }
  const weights = decodeWeights(weightSpecs, weightData);
  const shapes = new Map<string, Shape>();
  const layers = graph.layers.map(({ name, kind, config, inputs }) => {
    const from = inputs.map((input) => shapes.get(input) ?? []);
    const layer = new ExportedLayer(name, kind, config, inputs, from, weightsOf(name, weights), format);
    if (/first/i.test(layer.text('data_format') ?? ''))
      throw layer.unsupported('has its channels first, which is');
    shapes.set(name, shapeAfter(layer));
    return layer;
  });
  return { layers, shapes, output: graph.output };
}

/** The weights of a layer, by what the layer calls them. */
function weightsOf(layer: string, weights: readonly Weight[]): ReadonlyMap<string, Weight> {
  return new Map(
    weights.flatMap((weight) => {
      const [own, slash] = [weight.name.slice(layer.length + 1), weight.name[layer.length]];
      return weight.name.startsWith(layer) && slash === '/' && !own.includes('/') ? [[own, weight]] : [];
    }),
  );
}
