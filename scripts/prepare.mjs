// Brings a bare machine to where the other scripts can work. Uses nothing but Node itself.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram, npm, run } from './processes.mjs';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Installs the packages of package-lock.json, unless they are there. */
export async function installDependencies() {
  const wanted = await lockedPackages('package-lock.json');
  const installed = await lockedPackages('node_modules/.package-lock.json');
  const missing = Object.entries(wanted).some(
    ([folder, entry]) =>
      folder && !entry.optional && !entry.peer && installed[folder]?.version !== entry.version,
  );
  if (missing) await npm(['ci', '--no-audit', '--no-fund'], { cwd: root });
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, { version: string, optional?: boolean, peer?: boolean }>>}
 */
async function lockedPackages(file) {
  const lock = path.join(root, file);
  return existsSync(lock) ? JSON.parse(await readFile(lock, 'utf8')).packages : {};
}

/** What the tests need on Linux besides npm's packages: programs of which one will do, and Debian's package of the first. */
const PROGRAMS = [
  ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  ['make'],
  ['g++'],
  ['python3'],
  ['unzip'],
];
const FONT = '/usr/share/fonts/truetype/dejavu';

/**
 * Installs Debian's packages that are missing, where this user may; else says in one sentence what to install. Other
 * systems bring what their tests need, but Chrome.
 */
export async function installSystemPackages() {
  if (process.platform !== 'linux') return;
  const missing = PROGRAMS.filter((names) => !names.some((name) => findProgram(name))).flatMap((names) =>
    names.slice(0, 1),
  );
  if (!existsSync(FONT)) missing.push('fonts-dejavu-core');
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !findProgram('apt-get'))
    throw new Error(`Install ${missing.join(', ')} and try again.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env, quiet: true });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env, quiet: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await installDependencies();
