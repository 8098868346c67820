import type { ExecFileException } from 'node:child_process';

const WINDOWS = process.platform === 'win32';

/** How a log says that a process was killed: on Windows, which knows no signals, it ended with a code. */
export const KILLED = WINDOWS ? 'exit code 1' : 'SIGKILL';

/** Whether a program was killed, rather than that it failed and said why. */
export function wasKilled(error: ExecFileException, stderr: string): boolean {
  return error.signal === 'SIGKILL' || (WINDOWS && error.code === 1 && stderr === '');
}
