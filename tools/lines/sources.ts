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
 * The lines of the sources of npm packages, without their indentation.
 *
 * @param modules the folder node_modules
 */
export async function readSources(modules: string, packages: readonly string[]): Promise<string[]> {
  const files = await readSourceFiles(modules, packages);
  return files.flat().flatMap((line) => (isCode(line.trim()) ? [line.trim()] : []));
}

/** The lines of each file of the sources of npm packages. */
export async function readSourceFiles(modules: string, packages: readonly string[]): Promise<string[][]> {
  const read: string[][] = [];
  for (const name of packages) {
    const folder = path.join(modules, name);
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    const files = names.filter((file) => SOURCE.test(file) && !/node_modules|\.min\./.test(file)).sort();
    for (const file of files.slice(0, MOST_FILES)) read.push(await readLines(path.join(folder, file)));
  }
  return read;
}

async function readLines(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.length > LARGEST ? [] : text.split('\n');
}

const isCode = (line: string) => line.length <= LONGEST_LINE && /^[ -~]+$/.test(line);
