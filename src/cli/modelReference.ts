import path from 'node:path';
import { ModelStore } from '../models/modelStore';

/** The folder of the model that ships with Scrawl, beside the bundles. */
export const BUNDLED_FOLDER = path.join(__dirname, '..', 'media', 'models', 'characters');

/** The folder of the replay set that ships with Scrawl. */
export const REPLAY_FOLDER = path.join(__dirname, '..', 'media', 'replay');

/** The models under a home folder. */
export function modelStore(home: string): ModelStore {
  return new ModelStore(home, BUNDLED_FOLDER);
}

/**
 * The folder of a model: `bundled`, the id or name of one under the home folder, or a folder.
 *
 * @throws ModelError where there is none
 */
export async function modelFolder(reference: string, home: string): Promise<string> {
  return (await modelStore(home).get(reference)).folder;
}
