import path from 'node:path';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { readIdxImages, readIdxLabels, transpose } from './idx';
import type { Dataset } from '../dataset';
import type { ImageSamples } from '../samples';
import type { Split } from '../../base/split';
import { concatenate } from '../concatenate';

export const EMNIST_SPLITS = ['byclass', 'bymerge', 'balanced', 'letters', 'digits', 'mnist'] as const;
export type EmnistSplit = (typeof EMNIST_SPLITS)[number];

const PARTS = ['train', 'test'] as const;

/** Letters whose two cases ByMerge and Balanced hold as one class (Cohen et al. 2017, section III). */
const MERGED_LETTERS = 'CIJKLMOPSUVWXYZ';

export function isEmnistSplit(name: string): name is EmnistSplit {
  return (EMNIST_SPLITS as readonly string[]).includes(name);
}

const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** The classes of each split, in the order of their labels (Cohen et al. 2017, section III). */
const USUAL_CLASSES: Record<EmnistSplit, string> = {
  byclass: DIGITS + CAPITALS + CAPITALS.toLowerCase(),
  bymerge: `${DIGITS}${CAPITALS}abdefghnqrt`,
  balanced: `${DIGITS}${CAPITALS}abdefghnqrt`,
  letters: CAPITALS,
  digits: DIGITS,
  mnist: DIGITS,
};

/**
 * What NIST's mapping file says of the split that a file's name says (`emnist-letters-train-…`), for copies of EMNIST
 * that come without one, as PyTorch's do; undefined where it says none.
 */
export function usualMapping(name: string): string | undefined {
  const split = EMNIST_SPLITS.find((each) => name.toLowerCase().includes(`emnist-${each}-`));
  if (!split) return undefined;
  const lines = [...USUAL_CLASSES[split]].map((character, index) => {
    const texts = split === 'letters' ? character + character.toLowerCase() : character;
    const label = split === 'letters' ? index + 1 : index;
    return [label, ...[...texts].map((text) => text.charCodeAt(0))].join(' ');
  });
  return lines.join('\n');
}

/**
 * One of EMNIST's six splits, from NIST's own files wherever they lie in a folder or archive.
 *
 * @throws DatasetError where the mapping is unreadable
 */
export async function openEmnist(files: FileSource, split: EmnistSplit, id: string): Promise<Dataset> {
  const mapping = readMapping(await mappingOf(files, split), split);
  const load = async (part: 'train' | 'test'): Promise<ImageSamples> => {
    const imagesFile = find(files, imagesName(split, part));
    const labelsName = find(files, `emnist-${split}-${part}-labels-idx1-ubyte`);
    const images = transpose(readIdxImages(await files.read(imagesFile), imagesFile));
    const stored = readIdxLabels(await files.read(labelsName), labelsName);
    if (stored.length !== images.count) {
      throw new DatasetError(
        `${labelsName} has another number of samples than ${imagesFile}: fetch both again.`,
      );
    }
    const labels = Uint16Array.from(stored, (label) => mapping.classOf(label, labelsName));
    return { kind: 'images', height: images.height, width: images.width, pixels: images.pixels, labels };
  };
  const present = PARTS.filter((part) => locate(files, imagesName(split, part)) !== undefined);
  // where there is none, reading says which file is missing
  const parts = present.length > 0 ? present : PARTS;
  return {
    id,
    classes: mapping.classes,
    covers: mapping.covers,
    officialSplits: parts,
    problems: [],
    load: async (part: Split) => {
      if (part === 'train' || part === 'test') return load(part);
      if (part === 'all') return (await Promise.all(parts.map(load))).reduce(concatenate);
      throw new DatasetError('EMNIST has no validation split of its own: evaluate on train, test or all.');
    },
  };
}

function imagesName(split: EmnistSplit, part: (typeof PARTS)[number]): string {
  return `emnist-${split}-${part}-images-idx3-ubyte`;
}

async function mappingOf(files: FileSource, split: EmnistSplit): Promise<string> {
  const name = locate(files, `emnist-${split}-mapping.txt`);
  return name === undefined
    ? (usualMapping(`emnist-${split}-`) ?? '')
    : (await files.read(name)).toString('latin1');
}

/** The path of a file, plain before packed. */
function locate(files: FileSource, name: string): string | undefined {
  const called = (wanted: string) => files.names.find((each) => path.posix.basename(each) === wanted);
  return called(name) ?? called(`${name}.gz`);
}

function find(files: FileSource, name: string): string {
  const found = locate(files, name);
  if (found === undefined)
    throw new DatasetError(`${files.location} has no ${name}.gz: fetch EMNIST's gzip.zip.`);
  return found;
}

/**
 * Reads lines of `label code [code]`: the character's ASCII code, both cases for the split `letters`.
 *
 * @throws DatasetError where a line is none of these
 */
export function readMapping(text: string, split: EmnistSplit) {
  const classes: string[] = [];
  const covers: string[] = [];
  const byLabel = new Map<number, number>();
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const [label, ...codes] = line.trim().split(/\s+/).map(Number);
    if (label === undefined || codes.length === 0 || ![label, ...codes].every(Number.isInteger)) {
      throw new DatasetError(`The mapping of EMNIST ${split} has the line "${line.trim()}": fetch it again.`);
    }
    const [first = '', ...others] = codes.map((code) => characterOf(code, split));
    const characters = [first, ...others].join('');
    byLabel.set(label, classes.length);
    classes.push(first);
    covers.push(coveredBy(first, characters, split));
  }
  const classOf = (label: number, file: string): number => {
    const index = byLabel.get(label);
    if (index === undefined) {
      throw new DatasetError(
        `${file} has the label ${String(label)}, which its mapping lacks: fetch it again.`,
      );
    }
    return index;
  };
  return { classes, covers, classOf };
}

/** @throws DatasetError where the code is that of no character */
function characterOf(code: number, split: EmnistSplit): string {
  if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
  throw new DatasetError(`The mapping of EMNIST ${split} has the code ${String(code)}: fetch it again.`);
}

function coveredBy(first: string, characters: string, split: EmnistSplit): string {
  const merges = split === 'bymerge' || split === 'balanced';
  return merges && MERGED_LETTERS.includes(first) ? first + first.toLowerCase() : characters;
}
