import { fork } from 'node:child_process';
import * as z from 'zod';
import { bundledScript } from '../../bundledScript';
import type { BackendName, TrainerName } from '../../../runs/backendPackages';
import { BACKENDS } from '../backends';
import { BackendUnavailableError } from '../errors';

/** What a look for a backend found. */
const probeSchema = z.discriminatedUnion('available', [
  z.object({
    available: z.literal(true),
    device: z.string(),
    driver: z.string().optional(),
    software: z.boolean(),
    threads: z.number().optional(),
    note: z.string().optional(),
    /** Where it was asked for. */
    samplesPerSecond: z.number().optional(),
  }),
  z.object({ available: z.literal(false), reason: z.string(), remedy: z.string() }),
]);
export type Probe = z.infer<typeof probeSchema>;

/** The first use of a graphics processor may compile for minutes; a hang must end all the same. */
const PATIENCE = 120_000;
const TAIL = 20_000;

export interface ProbeOptions {
  /** Whether its speed is measured too, for about a second. */
  readonly measure?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The backend that is started for what trains: beside Scrawl's kernels it is the one that needs nothing either. */
export const backendOf = (name: TrainerName): BackendName => (name === 'kernels' ? 'wasm' : name);

/**
 * Tries a backend, or Scrawl's kernels, in a process of its own, which native code may crash.
 *
 * @throws the signal's reason when it is aborted
 */
export async function probe(name: TrainerName, home: string, options: ProbeOptions = {}): Promise<Probe> {
  options.signal?.throwIfAborted();
  try {
    BACKENDS[backendOf(name)].find(home);
  } catch (error) {
    return unavailable(error);
  }
  return ask(name, home, options);
}

/** What a backend's refusal says; other errors are faults of ours. */
export function unavailable(error: unknown): Probe {
  if (!(error instanceof BackendUnavailableError)) throw error;
  return { available: false, reason: error.reason, remedy: error.remedy };
}

function ask(name: TrainerName, home: string, { measure, signal }: ProbeOptions): Promise<Probe> {
  return new Promise((resolve, reject) => {
    const child = fork(bundledScript('backendProbe.js'), [name, home, ...(measure ? ['measure'] : [])], {
      // a debugger's port is taken already
      execArgv: process.execArgv.filter((flag) => !flag.startsWith('--inspect')),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
      ...(signal && { signal }),
    });
    let answer: Probe | undefined;
    let errors = '';
    child.stderr?.on('data', (text) => (errors = (errors + String(text)).slice(-TAIL)));
    child.on('message', (message) => (answer = probeSchema.safeParse(message).data));
    child.on('error', (error) => {
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve(crashed(error.message));
    });
    child.on('close', (code, how) => {
      resolve(withMissingLibraries(answer ?? crashed(how ?? `code ${code}`), errors));
    });
  });
}

function crashed(how: string): Probe {
  return {
    available: false,
    reason: `its library crashed as it started (${how})`,
    remedy: 'bring its driver and libraries to the versions that it needs, or take another backend',
  };
}

/** TensorFlow says on standard error alone which libraries of CUDA it missed. */
function withMissingLibraries(found: Probe, errors: string): Probe {
  const libraries = [...errors.matchAll(/Could not load dynamic library '([^']+)'/g)].map(([, name]) => name);
  if (found.available || libraries.length === 0) return found;
  return { ...found, reason: `${found.reason} (missing: ${[...new Set(libraries)].join(', ')})` };
}
