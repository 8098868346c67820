import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openEmnist, type EmnistSplit } from '../../src/datasets/formats/emnist';
import { openFiles, type FileSource } from '../../src/datasets/files';
import { openDataset } from '../../src/datasets/open';
import { Random } from '../../src/base/random';
import type { Dataset } from '../../src/datasets/dataset';
import type { ImageSamples, InkSamples } from '../../src/datasets/samples';
import type { Split } from '../../src/base/split';
import { PICTURE_SIZE } from '../../src/ink/rasterize';
import type { CardSource } from '../../src/models/card';
import { inkOf, readUnipen } from '../lines/written';
import { BUNDLED_CLASSES, bundledClass } from './classes';
import { renderGlyphs } from './glyphs';
import { NoCharacters } from './noCharacters';
import { inkPool, noCharacterPool, picturePool, type PooledPicture, type Pool } from './pools';
import type { PooledInk } from './pooledInk';

const PIXELS = PICTURE_SIZE * PICTURE_SIZE;
/** Every fifth photograph of a class is kept for the test. */
const PHOTOGRAPHS_LEARNED = '#1-4/5';
/** Writers of Chars74K that the model learns from; 31 to 35 are the test. */
export const CHARS74K_WRITERS = 'writers1-30';
/** Of CROHME, who is learned from; the others are the test. */
export const CROHME_WRITERS = 'writers1-4/5';
const GLYPH_VARIANTS = 12;
/** Classes with fewer samples by hand than this are learned from fonts too. */
const ENOUGH_BY_HAND = 200;

/** What cards say of UNIPEN. */
export const UNIPEN = {
  license:
    'CC BY 4.0 (Zenodo 1195803); the README of 1999 spoke of research only. Guyon, Schomaker, Plamondon, Liberman and Janet 1994',
  source: 'UNIPEN train_r01_v07, https://doi.org/10.5281/zenodo.1195803',
};

/** What cards say of CROHME and Chars74K. */
export const CROHME = { license: 'CC BY-NC-SA 3.0', source: 'Mouchère et al., CROHME 2013' };
export const CHARS74K = {
  license: 'research use; cite de Campos, Babu and Varma 2009',
  source: 'The Chars74K dataset',
};

/** At the start and at the end of training. */
type Shares = readonly [first: number, last: number];

/**
 * A pool, the shares of all draws that it gets when training starts and when it ends, relative to the others', and what
 * the card says of it. Ink comes first, to be learned; scans last, for their fine differences.
 */
export interface Source {
  readonly pool: Pool;
  readonly shares: Shares;
  readonly handwritten: boolean;
  readonly card: CardSource;
}

/**
 * Reads all that the bundled model learns from.
 *
 * @param data the folder with `emnist`, `mnist`, `ink` and `photos`
 * @param fonts the folder with the npm packages of the fonts
 */
export async function loadSources(data: string, fonts: string): Promise<Source[]> {
  const emnistFile = path.join(data, 'emnist', 'gzip.zip');
  const emnist = await openFiles(emnistFile);
  const { labeled, merged } = await loadEmnist(emnist);
  emnist.close();
  const mnistFolder = path.join(data, 'mnist');
  const crohmeFile = path.join(data, 'ink', 'crohme-2013-train-part.zip');
  const chars74kFile = path.join(data, 'ink', 'chars74k-hnd-writers01-35.json.gz');
  const unipenFile = path.join(data, 'ink', 'unipen', 'characters.jsonl.gz');
  const photosFile = path.join(data, 'photos', 'handwritten-characters-62x50.zip');
  const photographs = await openDataset(`${photosFile}${PHOTOGRAPHS_LEARNED}`);
  const nist = {
    license: 'public domain (NIST)',
    source: 'https://www.nist.gov/itl/products-and-services/emnist-dataset',
  };
  const byHand = [
    // so that letters and digits keep the shares that they have on NIST's forms
    await source(picturePool('EMNIST by class', labeled), [0.32, 0.56], nist, [emnistFile]),
    await source(picturePool('EMNIST with merged cases', merged), [0.05, 0.07], nist, [emnistFile]),
    await source(
      picturePool(
        'MNIST, train',
        picturesOf(await openDataset(mnistFolder), await images(mnistFolder, 'train')),
      ),
      [0.06, 0.03],
      {
        license: 'CC BY-SA 3.0',
        source: 'LeCun, Cortes and Burges, The MNIST database of handwritten digits',
      },
      [
        path.join(mnistFolder, 'train-images-idx3-ubyte.gz'),
        path.join(mnistFolder, 'train-labels-idx1-ubyte.gz'),
      ],
    ),
    await source(
      inkPool(
        'CROHME 2013, symbols of four fifths of the writers',
        await inksOf(`${crohmeFile}#${CROHME_WRITERS}`),
      ),
      [0.08, 0.05],
      CROHME,
      [crohmeFile],
    ),
    await source(
      inkPool('Chars74K EnglishHnd, writers 1 to 30', await inksOf(`${chars74kFile}#${CHARS74K_WRITERS}`)),
      [0.08, 0.05],
      CHARS74K,
      [chars74kFile],
    ),
    await source(
      picturePool(
        'Photographs of characters, four fifths',
        picturesOf(photographs, (await photographs.load('all')) as ImageSamples),
        {
          classWise: true,
          leastStrength: 0.8,
        },
      ),
      [0.07, 0.1],
      { license: 'MIT', source: 'Handwritten characters, 62 classes' },
      [photosFile],
    ),
  ];
  const isolated = await inksOf(`${unipenFile}#train-isolated`);
  byHand.push(
    await source(
      inkPool('UNIPEN isolated characters, without the dev writers', isolated),
      [0.22, 0.16],
      UNIPEN,
      [unipenFile],
    ),
    await source(
      inkPool(
        'UNIPEN characters cut from words, without the dev writers',
        await inksOf(`${unipenFile}#train-cut`),
      ),
      [0.06, 0.03],
      UNIPEN,
      [unipenFile],
    ),
    await source(
      noCharacterPool(
        'UNIPEN words and halves of its characters, and scribbles: what is no character',
        new NoCharacters(await wordsOf(data, 'train'), isolated),
      ),
      [0.06, 0.05],
      UNIPEN,
      [unipenFile],
    ),
  );
  const rare = BUNDLED_CLASSES.filter((_, index) => handwritten(byHand, index) < ENOUGH_BY_HAND);
  const glyphs = picturePool(
    'Handwriting fonts',
    await renderGlyphs(fonts, rare, GLYPH_VARIANTS, new Random(94)),
    { classWise: true },
  );
  const ofFonts = {
    license: 'SIL Open Font License 1.1',
    source: 'the npm packages of @fontsource that the recipe names',
  };
  return [...byHand, { ...(await source(glyphs, [0.02, 0.01], ofFonts, [])), handwritten: false }];
}

/** Samples by hand of a class. */
export function handwritten(sources: readonly Source[], index: number): number {
  return sources
    .filter((each) => each.handwritten)
    .reduce((sum, { pool }) => sum + (pool.counts.get(index) ?? 0), 0);
}

async function source(
  pool: Pool,
  shares: Shares,
  about: { license: string; source: string },
  files: readonly string[],
): Promise<Source> {
  const checksum = files.length > 0 ? { checksum: await checksumOf(files) } : {};
  const card = { name: pool.name, ...about, samples: pool.size, ...checksum };
  return { pool, shares, handwritten: true, card };
}

/** SHA-256 of files, one behind the other. */
export async function checksumOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex');
}

/**
 * All distinct train images of the six splits, by what is known of them: the class, or a letter in either case. The
 * splits overlap; an image counts once, with the label that says most.
 */
async function loadEmnist(files: FileSource): Promise<{ labeled: PooledPicture[]; merged: PooledPicture[] }> {
  const seen = new Set<string>();
  const all: PooledPicture[] = [];
  const splits: EmnistSplit[] = ['byclass', 'digits', 'mnist', 'bymerge', 'balanced', 'letters'];
  for (const split of splits) {
    const dataset = await openEmnist(files, split, split);
    for (const picture of picturesOf(dataset, (await dataset.load('train')) as ImageSamples)) {
      const key = createHash('md5').update(picture.pixels).digest('base64');
      if (seen.has(key)) continue;
      seen.add(key);
      all.push(picture);
    }
  }
  return {
    labeled: all.filter(({ classes }) => classes.length === 1),
    merged: all.filter(({ classes }) => classes.length > 1),
  };
}

/** The train images of EMNIST byclass, as frequent as on NIST's forms. */
export async function loadByClass(data: string): Promise<PooledPicture[]> {
  const dataset = await openDataset(`${path.join(data, 'emnist', 'gzip.zip')}#byclass`);
  return picturesOf(dataset, (await dataset.load('train')) as ImageSamples);
}

async function images(location: string, split: Split): Promise<ImageSamples> {
  return (await (await openDataset(location)).load(split)) as ImageSamples;
}

function picturesOf({ covers }: Dataset, { pixels, labels }: ImageSamples): PooledPicture[] {
  const classes = covers.map((characters) => [...characters].flatMap((each) => bundledClass(each) ?? []));
  return Array.from(labels, (label, index) => ({
    pixels: pixels.subarray(index * PIXELS, (index + 1) * PIXELS),
    classes: classes[label] ?? [],
  }));
}

/** Of so many words of UNIPEN, one is taken. */
const EVERY_WORD = 8;

/** Written words of UNIPEN of the writers of one side, each with its text. */
export async function wordsOf(data: string, side: 'train' | 'dev') {
  const words = await readUnipen(path.join(data, 'ink', 'unipen', 'words.jsonl.gz'));
  return words[side]
    .filter((_, index) => index % EVERY_WORD === 0)
    .map((written) => ({ text: written.text, ink: inkOf(written) }));
}

export async function inksOf(id: string): Promise<PooledInk[]> {
  const dataset = await openDataset(id);
  const { inks, penWidths, writers, labels } = (await dataset.load('all')) as InkSamples;
  return inks.flatMap((ink, index) => {
    const label = bundledClass(dataset.classes[labels[index] ?? 0] ?? '');
    return label === undefined
      ? []
      : [{ ink, penWidth: penWidths[index], classes: [label], writer: writers[index] }];
  });
}
