import { Command } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { groupBy } from '../../src/base/groupBy';
import { openDataset } from '../../src/datasets/open';
import { Random } from '../../src/base/random';
import type { ImageSamples } from '../../src/datasets/samples';
import { PICTURE_SIZE } from '../../src/ink/rasterize';
import { BUNDLED_CLASSES, bundledClass } from './classes';
import { renderGlyphs } from './glyphs';

const PIXELS = PICTURE_SIZE * PICTURE_SIZE;
/** Every fourth font is kept for the test. */
const TEST_FONTS = 4;

interface Options {
  data: string;
  fonts: string;
  out: string;
  train: number;
  test: number;
  seed: number;
}

interface LabeledPicture {
  readonly pixels: Uint8Array;
  readonly label: number;
}

const options = new Command('replay')
  .description('Makes the replay set that ships with Scrawl.')
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option(
    '--fonts <folder>',
    'handwriting fonts',
    path.join('src', 'cli', 'bundled', 'fonts', 'node_modules', '@fontsource'),
  )
  .option('--out <folder>', 'where the set is written', path.join('media', 'replay'))
  .option('--train <number>', 'pictures of a letter or digit to learn from', Number, 60)
  .option('--test <number>', 'pictures of a letter or digit to measure on', Number, 20)
  .option('--seed <number>', 'of the choice', Number, 1)
  .parse()
  .opts<Options>();

async function main(): Promise<void> {
  await mkdir(options.out, { recursive: true });
  const glyphs = await symbols();
  const isTest = (place: number) => place % TEST_FONTS === 0;
  const train = [...(await characters('train', options.train)), ...glyphs.filter((_, at) => !isTest(at))];
  const test = [...(await characters('test', options.test)), ...glyphs.filter((_, at) => isTest(at))];
  await writeFile(path.join(options.out, 'classes.txt'), `${BUNDLED_CLASSES.join('\n')}\n`);
  await write('train', train);
  await write('test', test);
}

/** As many pictures of each letter and digit, from the same part of EMNIST byclass. */
async function characters(split: 'train' | 'test', count: number): Promise<LabeledPicture[]> {
  const dataset = await openDataset(`${path.join(options.data, 'emnist', 'gzip.zip')}#byclass`);
  const { pixels, labels } = (await dataset.load(split)) as ImageSamples;
  const order = new Random(options.seed).permutation(labels.length);
  const groups = groupBy([...order], (place) => labels[place] ?? 0);
  return dataset.classes.flatMap((name, index) =>
    (groups.get(index) ?? []).slice(0, count).map((place) => ({
      pixels: pixels.subarray(place * PIXELS, (place + 1) * PIXELS),
      label: bundledClass(name) ?? 0,
    })),
  );
}

/** The other characters once in every font; those of a class lie one behind the other, by font. */
async function symbols(): Promise<LabeledPicture[]> {
  const others = BUNDLED_CLASSES.filter((name) => !/[A-Za-z0-9]/.test(name));
  const glyphs = await renderGlyphs(options.fonts, others, 1, new Random(options.seed));
  return glyphs
    .map(({ pixels, classes }) => ({ pixels, label: classes[0] ?? 0 }))
    .sort((a, b) => a.label - b.label);
}

async function write(split: string, pictures: readonly LabeledPicture[]): Promise<void> {
  const images = Buffer.alloc(16 + pictures.length * PIXELS);
  [0x0803, pictures.length, PICTURE_SIZE, PICTURE_SIZE].forEach((each, at) =>
    images.writeUInt32BE(each, 4 * at),
  );
  pictures.forEach(({ pixels }, at) => images.set(pixels, 16 + at * PIXELS));
  const labels = Buffer.alloc(8 + pictures.length);
  [0x0801, pictures.length].forEach((each, at) => labels.writeUInt32BE(each, 4 * at));
  pictures.forEach(({ label }, at) => labels.writeUInt8(label, 8 + at));
  await writeFile(path.join(options.out, `${split}-images-idx3-ubyte.gz`), gzipSync(images, { level: 9 }));
  await writeFile(path.join(options.out, `${split}-labels-idx1-ubyte.gz`), gzipSync(labels, { level: 9 }));
  process.stderr.write(`${split}: ${String(pictures.length)} pictures\n`);
}

void main();
