import { createHash } from 'node:crypto';
import type { Samples } from './samples';

/** SHA-256 of samples and their labels. */
export function samplesChecksum(samples: Samples): string {
  const { buffer, byteOffset, byteLength } = samples.labels;
  const hash = createHash('sha256').update(new Uint8Array(buffer, byteOffset, byteLength));
  if (samples.kind === 'images') hash.update(samples.pixels);
  else for (const ink of samples.inks) hash.update(JSON.stringify(ink));
  return hash.digest('hex');
}
