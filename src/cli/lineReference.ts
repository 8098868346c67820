import path from 'node:path';
import { modelStore } from './modelReference';

/** Its folder, beside the bundles. */
export const BUNDLED_LINES_FOLDER = path.join(__dirname, '..', 'media', 'models', 'lines');

/**
 * The folder of a model that reads lines: `lines` for the one that ships with Scrawl, the id or name of one under the
 * home folder, or a folder.
 *
 * @returns undefined where the reference is of something else
 */
export async function lineModelFolder(reference: string, home: string): Promise<string | undefined> {
  const found = await modelStore(home).find(reference);
  return found?.lines && found.folder;
}
