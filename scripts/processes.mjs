// Child processes of the scripts: run one to its end, find one, and leave no orphan behind.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * Runs a program to its end, its output on ours.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { quiet?: boolean }} [options] quiet shows the output only on failure
 * @returns {Promise<void>} rejects when it exits with anything but 0
 */
export async function run(command, args, { quiet = false, ...options } = {}) {
  const { code, output } = await finish(command, args, { stdio: quiet ? 'pipe' : 'inherit', ...options });
  if (code === 0) return;
  if (output) process.stderr.write(output);
  throw new Error(`${path.basename(command)} ${args.join(' ')} ended with code ${code}.`);
}

/**
 * Runs a program to its end and gives its exit code, and its output where it was piped.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { signals?: boolean }} [options] signals: whoever ends us ends it,
 * and we wait for it
 * @returns {Promise<{ code: number, output: string }>}
 */
export function finish(command, args, { signals = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    if (signals) passOn(child);
    let output = '';
    child.stdout?.on('data', (chunk) => (output += String(chunk)));
    child.stderr?.on('data', (chunk) => (output += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function passOn(child) {
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  // a terminal sends it to both
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
}

/**
 * Runs npm, the one that called us where npm did.
 *
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function npm(args, options = {}) {
  // whoever called us with --silent still wants to know why an installation failed
  const env = { ...(options.env ?? process.env), npm_config_loglevel: 'error' };
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], { ...options, env });
  return run('npm', args, { shell: process.platform === 'win32', ...options, env });
}

/**
 * Where a program stands on PATH.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export function findProgram(name) {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const ending of endings) {
      const file = path.join(folder, name + ending);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Ends a detached child with everything it started when this process exits, however early.
 *
 * @param {import('node:child_process').ChildProcess} child started with `detached: true`
 */
export function endGroupAtExit(child) {
  const end = () => child.pid !== undefined && signalGroup(child.pid, 'SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

/** Lets a signal run what is due at exit, which Node's own handling would skip. */
export function exitOnSignals() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.once(signal, () => process.exit(1));
}

/**
 * Ends a detached child with everything it started, and waits until it is gone.
 *
 * @param {import('node:child_process').ChildProcess} child started with `detached: true`
 */
export async function endGroup(child) {
  if (child.pid === undefined) return;
  const gone =
    child.exitCode === null &&
    child.signalCode === null &&
    new Promise((resolve) => child.once('exit', resolve));
  signalGroup(child.pid, 'SIGTERM');
  const impatience = setTimeout(() => signalGroup(/** @type {number} */ (child.pid), 'SIGKILL'), 5_000);
  await gone;
  clearTimeout(impatience);
  signalGroup(child.pid, 'SIGKILL');
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // the group is gone already
  }
}
