import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openEmnist, type EmnistSplit } from '../../datasets/emnist';
import { openFiles, type FileSource } from '../../datasets/files';
import { openDataset } from '../../datasets/open';
import { Random } from '../../datasets/random';
import type { Dataset, ImageSamples, InkSamples, Split } from '../../datasets/samples';
import { PICTURE_SIZE } from '../../ink/rasterize';
import type { CardSource } from '../../models/card';
import { BUNDLED_CLASSES, bundledClass } from './classes';
import { renderGlyphs } from './glyphs';
import { inkPool, picturePool, type PooledInk, type PooledPicture, type Pool } from './pools';

const PIXELS = PICTURE_SIZE * PICTURE_SIZE;
/** Every fifth photograph of a class is kept for the test. */
const PHOTOGRAPHS_LEARNT = '#1-4/5';
/** Writers of Chars74K that the model learns from; 31 to 35 are the test. */
const CHARS74K_WRITERS = 'writers1-30';
const GLYPH_VARIANTS = 12;
/** Classes with fewer samples by hand than this are learnt from fonts too. */
const ENOUGH_BY_HAND = 200;

/** At the start and at the end of training. */
type Shares = readonly [first: number, last: number];

/**
 * A pool, the shares of all draws that it gets when training starts and when it ends, relative to the others', and what
 * the card says of it. Ink comes first, to be learnt; scans last, for their fine differences.
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
  const { labelled, merged } = await loadEmnist(emnist);
  emnist.close();
  const mnistFolder = path.join(data, 'mnist');
  const crohmeFile = path.join(data, 'ink', 'crohme-2013-train-part.zip');
  const chars74kFile = path.join(data, 'ink', 'chars74k-hnd-writers01-35.json.gz');
  const photosFile = path.join(data, 'photos', 'handwritten-characters-62x50.zip');
  const photographs = await openDataset(`${photosFile}${PHOTOGRAPHS_LEARNT}`);
  const nist = {
    licence: 'public domain (NIST)',
    source: 'https://www.nist.gov/itl/products-and-services/emnist-dataset',
  };
  const byHand = [
    // so that letters and digits keep the shares that they have on NIST's forms
    await source(picturePool('EMNIST by class', labelled), [0.4, 0.75], nist, [emnistFile]),
    await source(picturePool('EMNIST with merged cases', merged), [0.065, 0.115], nist, [emnistFile]),
    await source(
      picturePool(
        'MNIST, train',
        picturesOf(await openDataset(mnistFolder), await images(mnistFolder, 'train')),
      ),
      [0.08, 0.02],
      {
        licence: 'CC BY-SA 3.0',
        source: 'LeCun, Cortes and Burges, The MNIST database of handwritten digits',
      },
      [
        path.join(mnistFolder, 'train-images-idx3-ubyte.gz'),
        path.join(mnistFolder, 'train-labels-idx1-ubyte.gz'),
      ],
    ),
    await source(
      inkPool('CROHME 2013, symbols', await inksOf(crohmeFile)),
      [0.15, 0.05],
      { licence: 'CC BY-NC-SA 3.0', source: 'Mouchère et al., CROHME 2013' },
      [crohmeFile],
    ),
    await source(
      inkPool('Chars74K EnglishHnd, writers 1 to 30', await inksOf(`${chars74kFile}#${CHARS74K_WRITERS}`)),
      [0.14, 0.045],
      { licence: 'research use; cite de Campos, Babu and Varma 2009', source: 'The Chars74K dataset' },
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
      [0.06, 0.1],
      { licence: 'MIT', source: 'Handwritten characters, 62 classes' },
      [photosFile],
    ),
  ];
  const rare = BUNDLED_CLASSES.filter((_, index) => handwritten(byHand, index) < ENOUGH_BY_HAND);
  const glyphs = picturePool(
    'Handwriting fonts',
    await renderGlyphs(fonts, rare, GLYPH_VARIANTS, new Random(94)),
    { classWise: true },
  );
  const ofFonts = {
    licence: 'SIL Open Font Licence 1.1',
    source: 'the npm packages of @fontsource that the recipe names',
  };
  return [...byHand, { ...(await source(glyphs, [0.1, 0.04], ofFonts, [])), handwritten: false }];
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
  about: { licence: string; source: string },
  files: readonly string[],
): Promise<Source> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  const checksum = files.length > 0 ? { checksum: hash.digest('hex') } : {};
  const card = { name: pool.name, ...about, samples: pool.size, ...checksum };
  return { pool, shares, handwritten: true, card };
}

/**
 * All distinct train images of the six splits, by what is known of them: the class, or a letter in either case. The
 * splits overlap; an image counts once, with the label that says most.
 */
async function loadEmnist(
  files: FileSource,
): Promise<{ labelled: PooledPicture[]; merged: PooledPicture[] }> {
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
    labelled: all.filter(({ classes }) => classes.length === 1),
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

async function inksOf(id: string): Promise<PooledInk[]> {
  const dataset = await openDataset(id);
  const { inks, penWidths, labels } = (await dataset.load('all')) as InkSamples;
  return inks.flatMap((ink, index) => {
    const label = bundledClass(dataset.classes[labels[index] ?? 0] ?? '');
    return label === undefined ? [] : [{ ink, penWidth: penWidths[index], classes: [label] }];
  });
}
