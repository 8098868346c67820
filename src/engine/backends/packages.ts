import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { BACKEND_PACKAGES, backendFolder, type PackagedBackend } from '../../runs/backendPackages';

/**
 * The main file of a backend's package: beside the bundle or in the checkout, else where Scrawl installed it. Folders
 * above these are never looked into, as Node would: what lies there is somebody else's.
 *
 * @param from the folder of the bundle
 * @returns undefined where it is in neither
 */
export function findPackage(backend: PackagedBackend, home: string, from = __dirname): string | undefined {
  const { name } = BACKEND_PACKAGES[backend];
  for (const folder of [...ownFolders(from), backendFolder(home, backend)]) {
    const place = path.join(folder, 'node_modules', name);
    try {
      if (existsSync(place)) return createRequire(path.join(folder, 'package.json')).resolve(place);
    } catch {
      // it is not whole
    }
  }
  return undefined;
}

/** The folders from a bundle's up to the one that is Scrawl's root: the first with a package.json. */
function ownFolders(from: string): string[] {
  const folders = [from];
  for (let folder = from; !existsSync(path.join(folder, 'package.json')); folder = path.dirname(folder)) {
    if (folder === path.dirname(folder)) return [from];
    folders.push(path.dirname(folder));
  }
  return folders;
}
