import type { BackendName } from '../../../runs/backendPackages';
import { BACKEND_NAMES } from '../backends';
import { type Probe, probe } from '../probe/probe';

/** What is known of every backend on this machine. */
export type Survey = Readonly<Record<BackendName, Probe>>;

/**
 * Tries every backend.
 *
 * @throws the signal's reason when it is aborted
 */
export async function survey(home: string, signal?: AbortSignal): Promise<Survey> {
  const found = await Promise.all(
    BACKEND_NAMES.map(async (name) => [name, await probe(name, home, { signal })] as const),
  );
  return Object.fromEntries(found) as Survey;
}
