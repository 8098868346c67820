import * as z from 'zod';
import { ArchiveKeys } from './archiveKeys';
import { variableName } from './kerasVariables';

/** Where newer and older files keep the layers of a model. */
const LAYERS = ['layers', '_layer_checkpoint_dependencies'];

const layersSchema = z.array(
  z.looseObject({ class_name: z.string(), config: z.record(z.string(), z.unknown()) }),
);

/**
 * The places of a model's weights in a `.keras` file, by the names that they have in other files. Keras keeps a layer
 * not under its name but under its kind, numbered from the second of it in each model.
 *
 * @param config of the model
 * @param paths of all arrays in the file
 * @returns pairs of `models/layer/weight` and a path
 * @throws ModelError that names a layer whose weights are not known
 */
export function archivedWeights(
  config: Readonly<Record<string, unknown>>,
  paths: readonly string[],
  prefix = '',
  models: readonly string[] = [],
): [name: string, path: string][] {
  const keys = new ArchiveKeys();
  return (layersSchema.safeParse(config['layers']).data ?? []).flatMap(
    ({ class_name: kind, config: own }) => {
      const key = keys.next(kind);
      const places = LAYERS.map((part) => `${prefix}${part}/${key}/`);
      const within = paths.filter((path) => places.some((place) => path.startsWith(place)));
      const name = typeof own['name'] === 'string' ? own['name'] : key;
      if (own['layers'] !== undefined) {
        return places.flatMap((place) => archivedWeights(own, within, place, [...models, name]));
      }
      return within.flatMap((path): [string, string][] => {
        const index = /^vars\/(\d+)$/.exec(
          path.slice(places.find((place) => path.startsWith(place))?.length),
        )?.[1];
        // a state of its random numbers
        if (index === undefined && path.includes('seed_generator')) return [];
        const variable = variableName(kind, own, Number(index ?? NaN), name);
        return [[[...models, name, variable].join('/'), path]];
      });
    },
  );
}
