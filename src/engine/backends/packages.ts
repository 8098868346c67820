import { createRequire } from 'node:module';
import path from 'node:path';
import { BACKEND_PACKAGES, backendFolder, type PackagedBackend } from '../../runs/backendPackages';

/**
 * The main file of a backend's package: where Node finds it from here (a checkout, or beside the bundle), else where
 * Scrawl installed it.
 *
 * @returns undefined where it is in neither
 */
export function findPackage(backend: PackagedBackend, home: string): string | undefined {
  const { name } = BACKEND_PACKAGES[backend];
  for (const from of [__filename, path.join(backendFolder(home, backend), 'package.json')]) {
    try {
      return createRequire(from).resolve(name);
    } catch {
      // not there
    }
  }
  return undefined;
}
