// The notices of the packages whose code goes into the archive.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * The folders of the packages that source files of bundles belong to.
 *
 * @param {string} root the checkout
 * @param {readonly string[]} files relative to the root
 */
export function packageFolders(root, files) {
  const folders = new Set();
  for (const file of files) {
    const folder = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0];
    if (folder) folders.add(path.join(root, folder));
  }
  return /** @type {string[]} */ ([...folders]);
}

/**
 * One text with name, version, licence and licence file of every package, sorted by name.
 *
 * @param {readonly string[]} folders
 */
export async function licenceNotices(folders) {
  const notices = new Map();
  for (const folder of folders) {
    const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    notices.set(`${manifest.name} ${manifest.version}`, await notice(folder, manifest));
  }
  const texts = [...notices].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return `Scrawl contains code of these packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/**
 * @param {string} folder
 * @param {{ name: string, version: string, license?: string, homepage?: string }} manifest
 */
async function notice(folder, manifest) {
  const files = await readdir(folder);
  // the packages of sharp's native code list the libraries in it, and their licences, in their README
  const named = manifest.name.startsWith('@img/sharp-')
    ? /^(licen[cs]e|notice|readme)/i
    : /^(licen[cs]e|notice)/i;
  const texts = await Promise.all(
    files
      .filter((file) => named.test(file))
      .sort()
      .map((file) => readFile(path.join(folder, file), 'utf8')),
  );
  const heading = [
    `${manifest.name} ${manifest.version}`,
    `Licence: ${manifest.license}`,
    manifest.homepage ?? '',
  ];
  return `${heading.filter(Boolean).join('\n')}\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`;
}
