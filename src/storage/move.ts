import { rename } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds before each further try. */
const PAUSES = process.platform === 'win32' ? [20, 50, 100, 200, 400, 800] : [];
const BUSY = new Set(['EPERM', 'EACCES', 'EBUSY']);

/**
 * Renames a file or a folder on the same disk. Windows refuses that for as long as any program has it open, as virus
 * scanners and indexers do for an instant with what is new.
 */
export function move(from: string, to: string): Promise<void> {
  return onceFree(() => rename(from, to));
}

/** Does what ends in a rename, and again where Windows refused that for an instant. */
export async function onceFree(work: () => Promise<void>): Promise<void> {
  for (const pause of PAUSES) {
    try {
      await work();
      return;
    } catch (error) {
      if (!BUSY.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await delay(pause);
    }
  }
  await work();
}
