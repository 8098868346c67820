import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** npm packages whose sources are read for the texts to compose, and those whose sources are kept for measuring. */
export const LEARNED_PACKAGES = [
  'lodash',
  'underscore',
  'commander',
  'flatted',
  'js-yaml',
  'markdown-it',
  'lru-cache',
  'acorn',
  'ajv',
  'async-function',
  'braces',
  'chalk',
  'chokidar',
  'color-convert',
  'cheerio',
  'debug',
  'diff',
  'esquery',
  'fast-glob',
  'fs-extra',
  'glob',
  'jsonc-parser',
  'jszip',
  'leven',
  'long',
  'micromatch',
  'mime',
  'minimatch',
  'ms',
  'node-fetch',
  'opentype.js',
  'pako',
  'parse5',
  'perfect-freehand',
  'qs',
  'sax',
  'semver',
  'sharp',
  'umap-js',
  'uplot',
  'yauzl',
  'yazl',
];
export const MEASURED_PACKAGES = ['minipass', 'ml-matrix', 'mocha', 'tmp', 'xml2js', 'zod'];

const SOURCE = /\.(js|mjs|cjs|ts|css|json|md|py|go|c|cc|h)$/;
/** Bundled or minified files are no code that anybody writes. */
const LARGEST = 150_000;
const LONGEST_LINE = 160;
const MOST_FILES = 60;

/**
 * The lines of the sources of npm packages.
 *
 * @param modules the folder node_modules
 */
export async function readSources(modules: string, packages: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const name of packages) {
    const folder = path.join(modules, name);
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    const files = names.filter((file) => SOURCE.test(file) && !/node_modules|\.min\./.test(file)).sort();
    for (const file of files.slice(0, MOST_FILES)) lines.push(...(await readLines(path.join(folder, file))));
  }
  return lines;
}

async function readLines(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text.length > LARGEST) return [];
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length <= LONGEST_LINE && /^[ -~]+$/.test(line));
}
