import type { BackendName, TrainerName } from '../../../runs/backendPackages';
import { BACKEND_NAMES } from '../backends';
import { probe } from '../probe/probe';
import { readSpeeds, type Speeds, writeSpeeds } from './speeds';
import type { Survey } from './survey';

/**
 * The backends that `auto` may take, the fastest first: those that work, but software adapters. They are measured the
 * first time, and again when what there is on this machine has changed.
 *
 * @throws the signal's reason when it is aborted
 */
export async function fastestFirst(
  found: Survey,
  home: string,
  signal?: AbortSignal,
): Promise<BackendName[]> {
  const names = eligible(found);
  if (names.length < 2) return names;
  return inOrder(names, await speedsOf(found, names, home, { signal }));
}

/** The backends that `auto` chooses between. */
export function eligible(found: Survey): BackendName[] {
  return BACKEND_NAMES.filter((name) => {
    const each = found[name];
    return each.available && !each.software;
  });
}

export function inOrder<N extends TrainerName>(names: readonly N[], speeds: Speeds): N[] {
  return [...names].sort((a, b) => (speeds[b] ?? 0) - (speeds[a] ?? 0));
}

/**
 * Samples a second of what is named, remembered or else measured. What cannot be measured is not tried again for a
 * day: a driver that hangs would hold up every start.
 *
 * @param options.anew measures though there are remembered figures
 * @throws the signal's reason when it is aborted
 */
export async function speedsOf(
  found: Survey,
  names: readonly TrainerName[],
  home: string,
  { anew = false, signal }: { anew?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<Speeds> {
  const remembered = anew ? {} : await readSpeeds(home, found);
  const missing = names.filter((name) => remembered[name] === undefined);
  if (missing.length === 0) return remembered;
  const speeds: Speeds = { ...remembered };
  // one after the other: they would slow each other down
  for (const name of missing) {
    const measured = await probe(name, home, { measure: true, signal });
    // one that was ended with this process has not failed
    signal?.throwIfAborted();
    speeds[name] = (measured.available && measured.samplesPerSecond) || 0;
    await writeSpeeds(home, found, speeds);
  }
  return speeds;
}
