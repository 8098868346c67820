import { existsSync } from 'node:fs';
import path from 'node:path';

/** A dataset as a run keeps it: an id as it is, a path whole, so that the run can be gone on with from any folder. */
export function datasetReference(dataset: string): string {
  // whichever part of it stands behind a hash
  const isThere = existsSync(dataset.replace(/#[^#]*$/, '')) || existsSync(dataset);
  return isThere ? path.resolve(dataset) : dataset;
}
