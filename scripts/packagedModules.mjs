// Sharp and what it needs, h5wasm, and Dawn, taken at the versions of package-lock.json, for a platform that need not be this one.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { npm, run } from './processes.mjs';

/** The packages that hold sharp's native code, by the platform names of VS Code. */
const SHARP_PLATFORMS = {
  universal: ['@img/sharp-wasm32'],
  'linux-x64': ['@img/sharp-linux-x64', '@img/sharp-libvips-linux-x64'],
  'linux-arm64': ['@img/sharp-linux-arm64', '@img/sharp-libvips-linux-arm64'],
  'darwin-x64': ['@img/sharp-darwin-x64', '@img/sharp-libvips-darwin-x64'],
  'darwin-arm64': ['@img/sharp-darwin-arm64', '@img/sharp-libvips-darwin-arm64'],
  'win32-x64': ['@img/sharp-win32-x64'],
  'win32-arm64': ['@img/sharp-win32-arm64'],
};

/** @typedef {keyof typeof SHARP_PLATFORMS} Platform */

export const PLATFORMS = /** @type {Platform[]} */ (Object.keys(SHARP_PLATFORMS));

/** What a running program never reads: sources, declarations, headers, maps, and the ES module twins of CommonJS files. */
const UNUSED = /(^|\/)(src|install|include|bin)(\/|$)|\.(d\.[cm]?ts|mjs|map|md|bnf)$/;

/**
 * Copies sharp for a platform, with everything it requires, into a node_modules folder.
 *
 * @param {string} root the checkout
 * @param {Platform} platform
 * @param {string} nodeModules the folder to write
 * @param {string} sources where whole packages are unpacked that are not installed here
 * @returns {Promise<string[]>} the folders that the packages came from, licenses included
 */
export async function copySharp(root, platform, nodeModules, sources) {
  const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const names = closure(lock, ['sharp', ...SHARP_PLATFORMS[platform]]);
  const folders = [];
  for (const name of names) {
    const from = await obtain(root, name, lock[`node_modules/${name}`], sources);
    await cp(from, path.join(nodeModules, name), {
      recursive: true,
      filter: (file) => !UNUSED.test(path.relative(from, file).replaceAll(path.sep, '/')),
    });
    folders.push(from);
  }
  const builds = new Set([
    ...Object.keys(lock['node_modules/sharp'].optionalDependencies),
    ...Object.values(SHARP_PLATFORMS).flat(),
  ]);
  for (const name of builds) if (!names.includes(name)) await block(name, nodeModules);
  return folders;
}

/**
 * Ends the search for a package that is not here, which would go on in the folders above the extension's.
 *
 * @param {string} name
 * @param {string} nodeModules
 */
async function block(name, nodeModules) {
  await mkdir(path.join(nodeModules, name), { recursive: true });
  await writeFile(path.join(nodeModules, name, 'package.json'), JSON.stringify({ name, exports: {} }));
}

/**
 * Copies h5wasm into a node_modules folder: of its three builds the one that sees no files but those it is given.
 *
 * @param {string} root the checkout
 * @param {string} nodeModules the folder to write
 * @returns {Promise<string[]>} the folder that it came from
 */
export async function copyHdf5(root, nodeModules) {
  const from = path.join(root, 'node_modules', 'h5wasm');
  for (const part of ['package.json', path.join('dist', 'esm')])
    await cp(path.join(from, part), path.join(nodeModules, 'h5wasm', part), { recursive: true });
  return [from];
}

/** The folders of Dawn's libraries, by the platform names of VS Code; the universal package offers to install it. */
const DAWN_LIBRARIES = {
  universal: undefined,
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-universal',
  'darwin-arm64': 'darwin-universal',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
};

/**
 * Copies npm's package `webgpu` with the library of one platform into a node_modules folder.
 *
 * @param {string} root the checkout
 * @param {Platform} platform
 * @param {string} nodeModules the folder to write
 * @returns {Promise<string[]>} the folder that it came from, or none for a platform without
 */
export async function copyDawn(root, platform, nodeModules) {
  const library = DAWN_LIBRARIES[platform];
  if (library === undefined) return [];
  const from = path.join(root, 'node_modules', 'webgpu');
  for (const part of ['package.json', 'index.js', path.join('dist', library)])
    await cp(path.join(from, part), path.join(nodeModules, 'webgpu', part), { recursive: true });
  return [from];
}

/**
 * @param {Record<string, { dependencies?: Record<string, string> }>} lock
 * @param {string[]} names
 */
function closure(lock, names) {
  const found = new Set(names);
  for (const name of found) {
    const entry = lock[`node_modules/${name}`];
    if (!entry) throw new Error(`package-lock.json has no ${name}: run npm install and commit it.`);
    for (const dependency of Object.keys(entry.dependencies ?? {})) found.add(dependency);
  }
  return [...found].sort();
}

/**
 * The folder of a package: the installed one where it is the locked version, else unpacked from the registry's.
 *
 * @param {string} root
 * @param {string} name
 * @param {{ version: string, integrity: string }} locked
 * @param {string} sources
 */
async function obtain(root, name, locked, sources) {
  const installed = path.join(root, 'node_modules', name);
  const manifest = path.join(installed, 'package.json');
  if (existsSync(manifest) && JSON.parse(await readFile(manifest, 'utf8')).version === locked.version)
    return installed;

  const download = await mkdtemp(path.join(os.tmpdir(), 'scrawl-pack-'));
  try {
    await npm(['pack', '--pack-destination', download, `${name}@${locked.version}`], {
      cwd: download,
      quiet: true,
    });
    const tarball = path.join(download, /** @type {string} */ ((await readdir(download))[0]));
    const digest = createHash('sha512')
      .update(await readFile(tarball))
      .digest('base64');
    if (locked.integrity !== `sha512-${digest}`)
      throw new Error(`${name} is not what package-lock.json names.`);
    const folder = path.join(sources, name);
    await mkdir(folder, { recursive: true });
    await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components', '1']);
    return folder;
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}
