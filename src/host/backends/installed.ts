import { existsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BACKEND_PACKAGES, backendFolder, type PackagedBackend } from '../../runs/backendPackages';
import { isHeld, tryLock } from '../../storage/lock';
import { UserError } from '../../base/userError';
import { npm } from './npm';
import { move } from '../../storage/move';

const PACKAGED = Object.keys(BACKEND_PACKAGES) as PackagedBackend[];

/** The backends that Scrawl has installed. */
export function installedBackends(home: string): PackagedBackend[] {
  return PACKAGED.filter((backend) => existsSync(backendFolder(home, backend)));
}

/**
 * Installs a backend's package with npm, whole or not at all, in place of one that is there.
 *
 * @param onLine told what npm prints
 * @throws UserError where npm is missing or fails; the signal's reason where it was aborted
 */
export async function installBackend(
  backend: PackagedBackend,
  home: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { name, version } = BACKEND_PACKAGES[backend];
  const target = backendFolder(home, backend);
  await sweepInstalls(home);
  const made = path.join(path.dirname(target), `.installing-${randomUUID()}`);
  const held = await tryLock(lockOf(made));
  try {
    await mkdir(made);
    // the user has asked for it, and newer npms skip the script of a package that is not named here
    const project = { private: true, allowScripts: { [`${name}@${version}`]: true } };
    await writeFile(path.join(made, 'package.json'), JSON.stringify(project));
    const args = ['install', `${name}@${version}`, '--no-audit', '--no-fund', '--foreground-scripts'];
    await npm([...args, '--loglevel=http'], made, onLine, signal);
    await removeBackend(backend, home);
    await move(made, target);
  } catch (cause) {
    if (signal.aborted || cause instanceof UserError) throw cause;
    throw new UserError(`npm could not install ${name}: run "Scrawl: Show Log" to see why, and try again.`, {
      cause,
    });
  } finally {
    await rm(made, { recursive: true, force: true, maxRetries: 5 });
    await held?.release();
  }
}

/** Takes from the disk what a window that closed in the middle left of a package. */
export async function sweepInstalls(home: string): Promise<void> {
  const parents = new Set(PACKAGED.map((backend) => path.dirname(backendFolder(home, backend))));
  for (const parent of parents) {
    for (const name of await readdir(parent).catch(() => [])) {
      const left = path.join(parent, name);
      const isLeft = /^\.installing-[\w-]+$|\.removed-\d+$/.test(name) && !(await isHeld(lockOf(left)));
      if (isLeft) await rm(left, { recursive: true, force: true }).catch(() => undefined);
      if (isLeft) await rm(lockOf(left), { force: true });
    }
  }
}

const lockOf = (folder: string) => `${folder}.lock`;

/**
 * Removes what Scrawl installed of a backend.
 *
 * @throws UserError where an engine that uses it holds its files, as Windows has it
 */
export async function removeBackend(backend: PackagedBackend, home: string): Promise<void> {
  const folder = backendFolder(home, backend);
  if (!existsSync(folder)) return;
  const gone = `${folder}.removed-${process.pid}`;
  try {
    await move(folder, gone);
  } catch (cause) {
    throw new UserError(`${backend} is in use: end the training that uses it and try again.`, { cause });
  }
  await rm(gone, { recursive: true, force: true, maxRetries: 5 });
}
