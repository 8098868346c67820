import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { TRAIN_ALONE, type TrainAlone } from '../../protocol/engine/training';

/** Where such a process writes what it has to say, in the run's folder. */
export const aloneLog = (run: string) => path.join(run, 'training.log');

/**
 * Starts an engine that trains one run and then ends, whether or not this process is still there.
 *
 * @param script the engine's
 * @returns its exit code, once it has ended; null where it was killed
 */
export function startAlone(script: string, params: TrainAlone): Promise<number | null> {
  const log = openSync(aloneLog(params.run), 'w');
  try {
    const child = spawn(process.execPath, [script, TRAIN_ALONE, JSON.stringify(params)], {
      // a process of its own: neither the signals of this one's group nor Windows' job end it
      detached: true,
      windowsHide: true,
      // no folder of a workspace is kept from being moved
      cwd: params.home,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', log, log],
    });
    child.unref();
    return new Promise((resolve) => {
      child.once('exit', resolve);
      // one that could not be started has no exit
      child.once('error', () => resolve(null));
    });
  } finally {
    closeSync(log);
  }
}
