import type { BackendInfo } from '../../protocol/engine/backends';
import type { TrainerName } from '../../runs/backendPackages';
import { BACKEND_NAMES } from './backends';
import { eligible, inOrder, speedsOf } from './measure/fastestFirst';
import { survey } from './measure/survey';
import { backendOf } from './probe/probe';

/**
 * Every backend, and Scrawl's kernels: what it runs on and how fast it learns here, or why it cannot be used and what to do about it.
 *
 * @param measure measures all anew, software adapters too, which takes them a minute
 * @throws the signal's reason when it is aborted
 */
export async function listBackends(
  home: string,
  measure = false,
  signal?: AbortSignal,
): Promise<BackendInfo[]> {
  const found = await survey(home, signal);
  const measured = measure ? BACKEND_NAMES.filter((name) => found[name].available) : eligible(found);
  const speeds = await speedsOf(found, [...measured, 'kernels'], home, { anew: measure, signal });
  const [chosen] = inOrder<TrainerName>([...eligible(found), 'kernels'], speeds);
  return [...BACKEND_NAMES, 'kernels' as const].map((name) => ({
    ...found[backendOf(name)],
    name,
    ...((speeds[name] ?? 0) > 0 && { samplesPerSecond: speeds[name] }),
    chosen: name === chosen,
  }));
}
