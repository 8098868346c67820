import path from 'node:path';
import { isLineModel } from '../../models/lineCard';
import { checkModelName } from '../../models/modelName';
import type { ModelStore, WholeLineModel, WholeModel } from '../../models/modelStore';
import { importLineModel } from './importLineModel';
import { importModel } from './importModel';

/**
 * Takes a model into the store: one of lines by the card that Scrawl wrote beside it, any other as `importModel` does.
 *
 * @throws ModelError that says what is wrong with it
 */
export async function importAnyModel(
  store: ModelStore,
  location: string,
  { name, classes }: { name: string; classes: readonly string[] },
): Promise<WholeModel | WholeLineModel> {
  checkModelName(name);
  const folder = path.basename(location) === 'model.json' ? path.dirname(location) : location;
  if (await isLineModel(folder)) return importLineModel(store, folder, name);
  return importModel(store, location, { name, classes });
}
