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
 * One text with name, version, license and license file of every package, sorted by name.
 *
 * @param {readonly string[]} folders
 */
export async function licenseNotices(folders) {
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
  // the packages of sharp's native code list the libraries in it, and their licenses, in their README
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
    `License: ${manifest.license}`,
    manifest.homepage ?? '',
  ];
  return `${heading.filter(Boolean).join('\n')}\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`;
}

/**
 * What the models and the table of symbols were made of: a text with name, license and source of all data.
 *
 * @param {string} media
 */
export async function dataNotices(media) {
  const models = path.join(media, 'models');
  const files = (await readdir(models, { recursive: true })).filter(
    (name) => path.basename(name) === 'card.json',
  );
  const cards = await Promise.all(files.sort().map((name) => readFile(path.join(models, name), 'utf8')));
  const sections = cards.map((text) => {
    /** @type {{ name: string, data: { name: string, license: string, source: string }[] }} */
    const { name, data } = JSON.parse(text);
    const lines = data.map((each) => `${each.name}\n  License: ${each.license}\n  Source: ${each.source}`);
    return `The model "${name}" learned from these data.\n\n${lines.join('\n\n')}\n`;
  });
  return [...sections, SYMBOLS].join(`\n${'-'.repeat(80)}\n\n`);
}

const SYMBOLS = `The table media/symbols.json is made from Detexify's list of symbols, with Unicode and look-alikes added, and
media/symbolDrawings.tsv is an extract of its drawings.

License: Open Database License (ODbL) 1.0, https://opendatacommons.org/licenses/odbl/1-0/; both are under the same.
Source: Detexify, https://detexify.kirelabs.org, by Daniel Kirsch
`;
