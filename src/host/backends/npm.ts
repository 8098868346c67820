import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { UserError } from '../../base/userError';

const WINDOWS = process.platform === 'win32';

/**
 * Runs npm to its end in a folder.
 *
 * @param onLine told every line that it prints
 * @param signal ends it with all that it started
 * @throws UserError where there is no npm on this machine; Error where it fails
 */
export async function npm(
  args: readonly string[],
  cwd: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const program = findNpm();
  // npm is a batch file on Windows, which only a shell runs; nothing in the arguments needs quotes
  const child = spawn(WINDOWS ? `"${program}"` : program, args, {
    cwd,
    shell: WINDOWS,
    detached: !WINDOWS,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = () => endTree(child);
  signal.addEventListener('abort', end, { once: true });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with code ${code}`);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Where npm stands on PATH of the machine that the workspace is on. */
function findNpm(): string {
  const name = WINDOWS ? 'npm.cmd' : 'npm';
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    if (folder !== '' && isExecutable(file)) return file;
  }
  throw new UserError(
    'npm is not installed on this machine: install Node.js, restart VS Code and try again.',
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** npm starts the scripts of packages, which download and compile: they end with it. */
function endTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (WINDOWS) {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // it has ended already
  }
}
