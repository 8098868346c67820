import type { BackendName } from '../../../runs/backendPackages';
import { speedsOf } from './fastestFirst';
import type { Survey } from './survey';

/**
 * How many times as fast as TensorFlow.js on a backend Scrawl's kernels train here, by what is remembered or else
 * measured.
 *
 * @returns 0 where they could not be measured
 * @throws the signal's reason when it is aborted
 */
export async function kernelGain(
  backend: BackendName,
  found: Survey,
  home: string,
  signal?: AbortSignal,
): Promise<number> {
  const speeds = await speedsOf(found, [backend, 'kernels'], home, { signal });
  const { kernels = 0, [backend]: theirs = 0 } = speeds;
  return theirs > 0 ? kernels / theirs : 0;
}
