// Packages the extension as a .vsix: universal, or with the native parts of one platform.
import { createVSIX } from '@vscode/vsce';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildBundles } from './build.mjs';
import { dataNotices, licenseNotices, packageFolders } from './licenses.mjs';
import { PLATFORMS, copyDawn, copyHdf5, copySharp } from './packagedModules.mjs';

/** @typedef {import('./packagedModules.mjs').Platform} Platform */

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

const MEGABYTE = 1_000_000;
const UNIVERSAL_LIMIT = 18 * MEGABYTE;
const NATIVE_LIMIT = 30 * MEGABYTE;

/**
 * Builds and packages; the same sources give the same bytes.
 *
 * @param {{ platform?: Platform, out?: string }} [options] out is the folder for the .vsix
 * @returns {Promise<string>} the path of the .vsix
 */
export async function packageExtension({ platform = 'universal', out = root } = {}) {
  const staging = await mkdtemp(path.join(os.tmpdir(), 'scrawl-package-'));
  try {
    const extension = path.join(staging, 'extension');
    await stage(extension, platform, path.join(staging, 'sources'));
    return await archive(extension, platform, out);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * Lays out everything that goes into the archive.
 *
 * @param {string} extension
 * @param {Platform} platform
 * @param {string} sources
 */
async function stage(extension, platform, sources) {
  await mkdir(extension, { recursive: true });
  const dist = path.join(extension, 'dist');
  const bundled = await buildBundles({ out: dist, minify: true });
  const sharp = await copySharp(root, platform, path.join(dist, 'node_modules'), sources);
  const dawn = await copyDawn(root, platform, path.join(dist, 'node_modules'));
  const hdf5 = await copyHdf5(root, path.join(dist, 'node_modules'));
  const code = await licenseNotices([...packageFolders(root, bundled), ...sharp, ...hdf5, ...dawn]);
  const data = await dataNotices(path.join(root, 'media'));
  await writeFile(path.join(dist, 'THIRD-PARTY-LICENSES.txt'), `${code}\n${'-'.repeat(80)}\n\n${data}`);
  const whole = ['README.md', 'CHANGELOG.md', 'LICENSE', 'docs', 'media', '.vscodeignore'];
  await Promise.all(
    whole.map((part) => cp(path.join(root, part), path.join(extension, part), { recursive: true })),
  );
  const { scripts, devDependencies, dependencies, peerDependencies, peerDependenciesMeta, ...manifest } =
    JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  await writeFile(path.join(extension, 'package.json'), JSON.stringify(manifest, null, 2));
}

/**
 * @param {string} extension
 * @param {Platform} platform
 * @param {string} out
 */
async function archive(extension, platform, out) {
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const native = platform !== 'universal';
  const packagePath = path.join(out, `${[name, ...(native ? [platform] : []), version].join('-')}.vsix`);
  await mkdir(out, { recursive: true });
  // the moment that vsce stamps on every file of the archive
  process.env.SOURCE_DATE_EPOCH ??= '946684800';
  await createVSIX({
    cwd: extension,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
    ...(native ? { target: platform } : {}),
  });
  await holdToLimit(packagePath, native ? NATIVE_LIMIT : UNIVERSAL_LIMIT);
  return packagePath;
}

/**
 * @param {string} file
 * @param {number} limit
 */
async function holdToLimit(file, limit) {
  const { size } = await stat(file);
  const megabytes = (/** @type {number} */ bytes) => `${(bytes / MEGABYTE).toFixed(1)} MB`;
  console.log(`${path.basename(file)}: ${megabytes(size)} of at most ${megabytes(limit)}`);
  if (size <= limit) return;
  await rm(file);
  throw new Error(`${path.basename(file)} would be ${megabytes(size)}; the limit is ${megabytes(limit)}.`);
}

/** @param {string | undefined} target @returns {Platform} */
function platformNamed(target = 'universal') {
  const platform = PLATFORMS.find((name) => name === target);
  if (!platform) throw new Error(`There is no target ${target}; take one of ${PLATFORMS.join(', ')}.`);
  return platform;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { values } = parseArgs({ options: { target: { type: 'string' }, out: { type: 'string' } } });
    if (!existsSync(path.join(root, 'media', 'models', 'characters', 'model.json')))
      throw new Error('media/models/characters holds no model: run npm run train:bundled.');
    await packageExtension({
      platform: platformNamed(values.target),
      ...(values.out ? { out: path.resolve(values.out) } : {}),
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
