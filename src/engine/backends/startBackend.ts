import type { BackendChoice } from '../../base/backendChoice';
import type { BackendName } from '../../runs/backendPackages';
import type { StartedBackend } from './backend';
import { BACKENDS } from './backends';
import { fastestFirst } from './measure/fastestFirst';
import { type Survey, survey } from './measure/survey';
import { BackendUnavailableError } from './errors';
import { probe } from './probe/probe';

/** A backend as it was chosen. */
export interface ChosenBackend extends StartedBackend {
  /** All that there were, where it is the fastest of them. */
  readonly among?: Survey | undefined;
}

let current: Promise<ChosenBackend> | undefined;

/**
 * Starts what the user chose to compute with, or with `auto` the fastest that works here. A process computes on one
 * backend at a time: another one than before stops the one before it, and its tensors are lost.
 *
 * @param home the folder that packages are installed and measurements remembered in
 * @throws BackendUnavailableError where the chosen one cannot be used; the signal's reason when it is aborted
 */
export async function startBackend(
  choice: BackendChoice,
  home: string,
  signal?: AbortSignal,
): Promise<ChosenBackend> {
  // the kernels train beside TensorFlow.js, which does all else
  if (choice === 'kernels') return startBackend('wasm', home, signal);
  const before = await current?.catch(() => undefined);
  if (before && before.name === choice && !before.loss.signal.aborted) return before;
  before?.stop();
  current = choice === 'auto' ? startFastest(home, signal) : startNamed(choice, home, signal);
  return current;
}

async function startFastest(home: string, signal?: AbortSignal): Promise<ChosenBackend> {
  const among = await survey(home, signal);
  for (const name of await fastestFirst(among, home, signal)) {
    try {
      return { ...(await BACKENDS[name].start(home)), among };
    } catch (error) {
      // it worked a moment ago in another process; the next fastest still may
      if (!(error instanceof BackendUnavailableError)) throw error;
    }
  }
  return { ...(await BACKENDS.wasm.start(home)), among };
}

async function startNamed(name: BackendName, home: string, signal?: AbortSignal): Promise<StartedBackend> {
  const found = await probe(name, home, { signal });
  if (!found.available) throw new BackendUnavailableError(name, found.reason, found.remedy);
  return BACKENDS[name].start(home);
}
