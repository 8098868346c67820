import * as z from 'zod';
import { ModelError } from '../errors';
import type { StoredLayers } from '../layersFolder';
import type { Weight } from '../weights';
import { readHdf5, type Hdf5 } from './hdf5';
import { archivedWeights } from './kerasArchive';
import { storedLayers } from './storedLayers';

const modelSchema = z.looseObject({ class_name: z.string(), config: z.record(z.string(), z.unknown()) });
const STACKS = new Set(['Sequential', 'Functional', 'Model']);

/** What a `.keras` file holds. */
export interface KerasArchive {
  readonly config: string;
  readonly metadata: string | undefined;
  readonly weights: Uint8Array;
}

/**
 * The layers of a `.keras` file.
 *
 * @param file names it in messages
 * @throws ModelError that says what is wrong with it
 */
export async function kerasArchive(
  { config, metadata, weights }: KerasArchive,
  file: string,
): Promise<StoredLayers> {
  const model = parseModel(config, file);
  const version = z.looseObject({ keras_version: z.string() }).safeParse(parseJson(metadata ?? '')).data;
  const named = await readHdf5(weights, file, ({ paths, array }) =>
    archivedWeights(model.config, paths).map(([name, path]) => ({ name, ...array(path) })),
  );
  return storedLayers(model, version?.keras_version ?? '3', named);
}

/**
 * The layers of a whole model in one HDF5 file, as Keras wrote it before `.keras` and still can.
 *
 * @param file names it in messages
 * @throws ModelError that says what is wrong with it
 */
export function kerasHdf5(bytes: Uint8Array, file: string): Promise<StoredLayers> {
  return readHdf5(bytes, file, (content) => {
    const config = content.text('model_config');
    if (config === undefined) {
      throw new ModelError(
        `${file} holds weights without layers: save the whole model with model.save("model.keras").`,
      );
    }
    const model = parseModel(config, file);
    return storedLayers(model, content.text('keras_version') ?? '2', weightsIn(content, model));
  });
}

const PLACE = 'model_weights/';

function weightsIn({ paths, array }: Hdf5, { config }: z.infer<typeof modelSchema>): Weight[] {
  const parsed = z.array(modelSchema).safeParse(config['layers']).data ?? [];
  const models = new Set(
    parsed.filter((each) => STACKS.has(each.class_name)).map((each) => each.config['name']),
  );
  return paths.flatMap((path) => {
    if (!path.startsWith(PLACE)) return [];
    const parts = path.slice(PLACE.length).split('/');
    const [layer = ''] = parts;
    // what stands between is where the layer was made, which may be called as another is now
    const name = models.has(layer) ? parts.join('/') : `${layer}/${parts.at(-1) ?? ''}`;
    return [{ name, ...array(path) }];
  });
}

function parseModel(text: string, file: string): z.infer<typeof modelSchema> {
  const parsed = modelSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new ModelError(`${file} is damaged: save the model again.`);
  const { class_name: kind } = parsed.data;
  if (STACKS.has(kind)) return parsed.data;
  throw new ModelError(
    `The model in ${file} is a ${kind}, whose layers stand in a program only: build it as Sequential or Functional, or export it to ONNX.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
