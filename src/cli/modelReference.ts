import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../models/errors';

/** The folder of the model that ships with Scrawl, beside the bundles. */
const BUNDLED = path.join(__dirname, '..', 'media', 'model');

/**
 * The folder of a model: `bundled`, a folder, or the id of one under the home folder.
 *
 * @throws ModelError where there is none
 */
export async function modelFolder(reference: string, home: string): Promise<string> {
  if (reference === 'bundled') return BUNDLED;
  for (const folder of [path.resolve(reference), path.join(home, 'models', reference)]) {
    if (await stat(path.join(folder, 'card.json')).catch(() => undefined)) return folder;
  }
  throw new ModelError(`There is no model "${reference}": give a model's folder, its id, or "bundled".`);
}
