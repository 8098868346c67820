import { existsSync } from 'node:fs';
import { DatasetStore } from './datasetStore';

/** Data that something was computed of. */
export interface ComputedData {
  /** What they were opened with, where that is known. */
  readonly id?: string | undefined;
  /** SHA-256 of them as they were. */
  readonly checksum: string;
}

/**
 * Tells whether data are still here: stored as they were, or, where they were opened by their path, anything at all.
 *
 * @param home the folder that stored datasets lie in
 */
export async function knownData(home: string): Promise<(data: ComputedData) => boolean> {
  const entries = await new DatasetStore(home).list();
  const checksums = new Set(entries.map(({ manifest }) => manifest?.checksum));
  return ({ id, checksum }) =>
    checksums.has(checksum) || (id !== undefined && existsSync(id.replace(/#[^#]*$/, '')));
}
