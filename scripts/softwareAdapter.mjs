// Mesa's Vulkan driver that computes on the processor, for the tests of webgpu. They are skipped without it.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findProgram, run } from './processes.mjs';

const DRIVERS = '/usr/share/vulkan/icd.d';
const SOURCES = '/etc/apt/sources.list.d';
/** Dawn refuses the Mesa that Debian 12 has; the one of its backports will do. */
const OLD_RELEASE = 'bookworm';
const BACKPORTS = `${OLD_RELEASE}-backports`;

/** Installs the driver where this user may and it is not there yet; without it all but its tests works. */
export async function installSoftwareAdapter() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !findProgram('apt-get')) return;
  if (existsSync(DRIVERS) && (await readdir(DRIVERS)).some((file) => file.startsWith('lvp_icd'))) return;
  const own = await mkdtemp(path.join(os.tmpdir(), 'scrawl-apt-'));
  try {
    const release = await readFile('/etc/os-release', 'utf8');
    const old = release.includes(`VERSION_CODENAME=${OLD_RELEASE}`);
    await install(old ? await withBackports(own) : [], old ? `/${BACKPORTS}` : '');
  } catch (error) {
    console.log(
      `The tests of webgpu are skipped: Mesa's software driver could not be installed (${String(error)}).`,
    );
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/**
 * @param {string[]} options of apt-get
 * @param {string} release the suffix of the package's name that chooses another release
 */
async function install(options, release) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', [...options, 'update', '-qq'], { env, quiet: true });
  const packages = ['libvulkan1', `mesa-vulkan-drivers${release}`];
  const args = [...options, 'install', '-y', '-qq', '--no-install-recommends', ...packages];
  await run('apt-get', args, { env, quiet: true });
}

/**
 * The machine's own sources with the backports beside them, in a folder that this one run of apt-get reads: the
 * machine's configuration stays as it is.
 *
 * @param {string} folder
 */
async function withBackports(folder) {
  const parts = path.join(folder, 'sources');
  const lists = path.join(folder, 'lists');
  await mkdir(parts, { recursive: true });
  await mkdir(path.join(lists, 'partial'), { recursive: true });
  for (const file of existsSync(SOURCES) ? await readdir(SOURCES) : []) {
    await copyFile(path.join(SOURCES, file), path.join(parts, file));
    await addBackports(path.join(parts, file));
  }
  const list = path.join(folder, 'sources.list');
  await copyFile('/etc/apt/sources.list', list).catch(() => writeFile(list, ''));
  await addBackports(list);
  return [
    `-oDir::Etc::SourceList=${list}`,
    `-oDir::Etc::SourceParts=${parts}`,
    `-oDir::State::Lists=${lists}`,
  ];
}

/** @param {string} file a list of sources in either of Debian's two formats */
async function addBackports(file) {
  const text = await readFile(file, 'utf8');
  if (text.includes(BACKPORTS)) return;
  const suites = text.replace(new RegExp(`^(Suites:.*\\b${OLD_RELEASE}\\b.*)$`, 'm'), `$1 ${BACKPORTS}`);
  const lines = new RegExp(`^(deb .*) ${OLD_RELEASE} (.*)$`, 'm').exec(text);
  await writeFile(file, lines ? `${text}\n${lines[1]} ${BACKPORTS} ${lines[2]}\n` : suites);
}
