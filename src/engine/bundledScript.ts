import { existsSync } from 'node:fs';
import path from 'node:path';

/** A script of the build by its name: it lies beside the bundle; from a test in a checkout it is the build's. */
export function bundledScript(name: string): string {
  const beside = path.join(__dirname, name);
  return existsSync(beside) ? beside : path.resolve('dist', name);
}
