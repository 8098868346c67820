import { createRequire } from 'node:module';

/** What Node 23 took out of `node:util` and @tensorflow/tfjs-node 4.22.0 still calls. */
const REMOVED = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: (value: unknown) => Array.isArray(value),
};

/** Puts back, where it is missing, what the package needs of Node. */
export function defineRemovedNodeFunctions(): void {
  // an import of it could not be changed
  const util = createRequire(__filename)('node:util') as Record<string, unknown>;
  for (const [name, implementation] of Object.entries(REMOVED)) util[name] ??= implementation;
}
