// `npm start`: builds, then opens VS Code with Scrawl in it. The desktop's where there is one, else in the browser.
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installCodeServer, startCodeServer, whyNoCodeServer } from './codeServer.mjs';
import { installDependencies, root } from './prepare.mjs';
import { findProgram, run } from './processes.mjs';

async function main() {
  await installDependencies();
  const { buildBundles } = await import('./build.mjs');
  await buildBundles();
  const sample = await sampleFolder();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
  try {
    if (!(await openDesktop(folder, sample))) await serveInBrowser(folder, sample);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A folder with a file to write into; what is written there stays. */
async function sampleFolder() {
  const sample = path.join(root, '.vscode-test', 'sample');
  await mkdir(sample, { recursive: true });
  await appendFile(path.join(sample, 'handwritten.txt'), '');
  return sample;
}

/**
 * Opens desktop VS Code and waits until its window is closed.
 *
 * @param {string} folder where its profile goes
 * @param {string} sample the folder to open
 * @returns {Promise<boolean>} false where this machine has no display or can get no VS Code
 */
async function openDesktop(folder, sample) {
  if (!hasDisplay()) return false;
  const code = findProgram('code') ?? (await downloadedCode());
  if (!code) return false;
  const profile = [
    `--user-data-dir=${path.join(folder, 'data')}`,
    `--extensions-dir=${path.join(folder, 'extensions')}`,
  ];
  // Electron has no sandbox for root
  if (process.getuid?.() === 0) profile.push('--no-sandbox');
  const shown = [sample, path.join(sample, 'handwritten.txt')];
  console.log('Opening VS Code: Scrawl is in the activity bar. Close its window to end.');
  await run(code, ['--wait', '--new-window', `--extensionDevelopmentPath=${root}`, ...profile, ...shown], {
    shell: process.platform === 'win32',
  });
  return true;
}

const hasDisplay = () =>
  ['darwin', 'win32'].includes(process.platform) ||
  Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

/** @returns {Promise<string | undefined>} the command of a VS Code that @vscode/test-electron downloads, where it can */
async function downloadedCode() {
  const { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } =
    await import('@vscode/test-electron');
  try {
    return resolveCliPathFromVSCodeExecutablePath(await downloadAndUnzipVSCode('stable'));
  } catch (error) {
    console.log(
      `Desktop VS Code cannot be downloaded (${error instanceof Error ? error.message : String(error)}).`,
    );
    return undefined;
  }
}

/**
 * Serves the workbench with the packaged extension until Ctrl+C.
 *
 * @param {string} folder where its profile goes
 * @param {string} sample the folder to open
 */
async function serveInBrowser(folder, sample) {
  const unsupported = whyNoCodeServer();
  if (unsupported)
    throw new Error(`Here is no display, and ${unsupported}. Install VS Code with its command code.`);
  const stopped = untilStopped();
  await installCodeServer();
  const { packageExtension } = await import('./package.mjs');
  const vsix = await packageExtension({ out: folder });
  const settings = {
    'chat.disableAIFeatures': true,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.startupEditor': 'none',
  };
  const server = await startCodeServer({ home: path.join(folder, 'home'), settings, vsix });
  const address = new URL(server.url);
  address.searchParams.set('folder', sample);
  address.searchParams.set('payload', JSON.stringify([['openFile', fileInBrowser(server.port, sample)]]));
  console.log(`\nScrawl is in the activity bar of the VS Code at\n\n  ${address.href}\n\nCtrl+C ends it.`);
  await stopped;
  await server.stop();
}

/**
 * @param {number} port
 * @param {string} sample
 */
const fileInBrowser = (port, sample) =>
  `vscode-remote://127.0.0.1:${port}${path.join(sample, 'handwritten.txt')}`;

/** @returns {Promise<void>} */
function untilStopped() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve());
  });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
