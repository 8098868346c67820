import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DatasetError } from '../../../src/datasets/errors';
import { openDataset } from '../../../src/datasets/open';
import type { ImageSamples, InkSamples } from '../../../src/datasets/samples';
import { sharedFile } from '../shared';

const FIXTURE = path.resolve('test', 'fixtures', 'emnist');
const IMAGES = 'emnist-balanced-test-images-idx3-ubyte.gz';
const LABELS = 'emnist-balanced-test-labels-idx1-ubyte.gz';

describe('datasets on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A copy of the fixture with one file's bytes changed. */
  async function damaged(file: string, change: (bytes: Buffer) => Buffer): Promise<string> {
    await cp(FIXTURE, folder, { recursive: true });
    const bytes = gunzipSync(await readFile(path.join(FIXTURE, file)));
    await writeFile(path.join(folder, file), gzipSync(change(bytes)));
    return folder;
  }

  const refused = async (work: Promise<unknown>, sentence: RegExp) => {
    await assert.rejects(work, (error) => error instanceof DatasetError && sentence.test(error.message));
  };

  it('EMNIST: classes, merged cases, labels and pictures the right way up', async () => {
    const dataset = await openDataset(`${FIXTURE}#balanced`);
    assert.equal(dataset.classes.length, 47);
    assert.equal(dataset.covers[dataset.classes.indexOf('C')], 'Cc');
    assert.equal(dataset.covers[dataset.classes.indexOf('A')], 'A');
    const { pixels, labels } = (await dataset.load('all')) as ImageSamples;
    assert.equal(labels.length, 286);
    const mean = meanPicture(pixels, labels, dataset.classes.indexOf('L'));
    assert.ok(
      sum(mean, (row, column) => row > 14 && column < 14) >
        1.5 * sum(mean, (row, column) => row < 14 && column > 14),
    );
    const seven = meanPicture(pixels, labels, dataset.classes.indexOf('7'));
    assert.ok(sum(seven, (row) => row < 9) > 1.2 * sum(seven, (row) => row > 18));
  });

  it('a folder with one split of EMNIST needs no hash', async () => {
    assert.equal((await openDataset(FIXTURE)).classes.length, 47);
  });

  it('a split is read without the files of the other', async () => {
    await cp(FIXTURE, folder, { recursive: true });
    await rm(path.join(folder, 'emnist-balanced-train-images-idx3-ubyte.gz'));
    const dataset = await openDataset(folder);
    assert.equal((await dataset.load('test')).labels.length, 86);
    await refused(dataset.load('train'), /has no emnist-balanced-train-images/);
  });

  it('has the splits whose files are there', async () => {
    assert.deepEqual((await openDataset(FIXTURE)).officialSplits, ['train', 'test']);
    for (const [part, count] of [
      ['train', 200],
      ['test', 86],
    ] as const) {
      const alone = path.join(folder, part);
      await mkdir(alone);
      const mnist = path.join(folder, `mnist-${part}`);
      await mkdir(mnist);
      for (const [file, as] of [
        [`emnist-balanced-${part}-images-idx3-ubyte.gz`, 'images-idx3-ubyte.gz'],
        [`emnist-balanced-${part}-labels-idx1-ubyte.gz`, 'labels-idx1-ubyte.gz'],
      ] as const) {
        await cp(path.join(FIXTURE, file), path.join(alone, file));
        await cp(path.join(FIXTURE, file), path.join(mnist, `${part === 'test' ? 't10k' : part}-${as}`));
      }
      const emnist = await openDataset(alone);
      assert.deepEqual(emnist.officialSplits, [part]);
      assert.equal((await emnist.load('all')).labels.length, count);
      assert.deepEqual((await openDataset(mnist)).officialSplits, [part]);
    }
  });

  const withCount = (count: number) => (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt32BE(count, 4);
    return copy;
  };
  const damages: [string, string, (bytes: Buffer) => Buffer, RegExp][] = [
    ['claims too many images', IMAGES, withCount(87), /truncated/],
    ['claims too few images', IMAGES, withCount(85), /holds more/],
    ['claims no images', IMAGES, withCount(0), /no images/],
    ['claims 2^31 images', IMAGES, withCount(2 ** 31), /truncated/],
    ['is an HTML page', IMAGES, () => Buffer.from('<html>sign in</html>'), /not an IDX file of images/],
    ['is cut off in the header', IMAGES, (bytes) => bytes.subarray(0, 9), /not an IDX file/],
    [
      'has the magic of labels',
      IMAGES,
      () => gunzipSync(gzipSync(Buffer.from([0, 0, 8, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]))),
      /not an IDX file of images/,
    ],
    ['claims images of no height', IMAGES, (bytes) => Buffer.from(bytes).fill(0, 8, 12), /images of 0x28/],
    ['has a label outside the mapping', LABELS, (bytes) => Buffer.from(bytes).fill(99, 10, 11), /label 99/],
    [
      'has fewer labels than images',
      LABELS,
      (bytes) => withCount(85)(bytes.subarray(0, -1)),
      /another number of samples/,
    ],
  ];
  for (const [what, file, change, sentence] of damages) {
    it(`a file that ${what} is one clear sentence`, async () => {
      const dataset = await openDataset(await damaged(file, change));
      await refused(dataset.load('test'), sentence);
    });
  }

  it('a gzip file that is cut off is one clear sentence', async () => {
    await cp(FIXTURE, folder, { recursive: true });
    await writeFile(
      path.join(folder, IMAGES),
      (await readFile(path.join(FIXTURE, IMAGES))).subarray(0, 5000),
    );
    await refused((await openDataset(folder)).load('test'), /truncated or damaged/);
  });

  it('says what is wrong with a path', async () => {
    await refused(openDataset(path.join(folder, 'nowhere')), /nothing at/);
    await refused(openDataset(folder), /holds no dataset/);
    await refused(openDataset(`${FIXTURE}#byletter`), /no split "byletter"/);
    await writeFile(path.join(folder, 'a.zip'), 'PK no zip');
    await refused(openDataset(path.join(folder, 'a.zip')), /neither a folder nor a whole zip/);
  });

  it('JSON Lines with labels are a dataset, lines without are left out', async () => {
    const file = path.join(folder, 'ink.jsonl');
    await writeFile(
      file,
      '{"label":"x","strokes":[[[0,0],[1,1]]]}\n{"strokes":[[[0,0]]]}\n{"label":"+","strokes":[[[0,0]]]}\n',
    );
    const dataset = await openDataset(file);
    assert.deepEqual(dataset.classes, ['+', 'x']);
    assert.deepEqual([...(await dataset.load('all')).labels], [1, 0]);
  });

  it('MNIST whole: counts and the checksum of the test images', async function () {
    const dataset = await openDataset(path.dirname(sharedFile(this, 'mnist', 't10k-images-idx3-ubyte.gz')));
    const { pixels, labels, height, width } = (await dataset.load('test')) as ImageSamples;
    assert.deepEqual([labels.length, height, width], [10_000, 28, 28]);
    const header = Buffer.from([0, 0, 8, 3, 0, 0, 0x27, 0x10, 0, 0, 0, 28, 0, 0, 0, 28]);
    assert.equal(
      createHash('md5').update(header).update(pixels).digest('hex'),
      '2646ac647ad5339dbf082846283269ea',
    );
  });

  it("EMNIST's letters start at label 1 and cover both cases", async function () {
    const dataset = await openDataset(`${sharedFile(this, 'emnist', 'gzip.zip')}#letters`);
    assert.deepEqual([dataset.classes[0], dataset.covers[0], dataset.classes.length], ['A', 'Aa', 26]);
    const samples = await dataset.load('test');
    assert.equal(samples.labels.length, 8690);
    assert.ok(samples.labels.every((label) => label < 26));
  });

  it('an archive with several splits asks for one', async function () {
    await refused(openDataset(sharedFile(this, 'emnist', 'gzip.zip')), /write # and one of/);
  });

  it('Chars74K: 62 classes, and the writers behind a hash', async function () {
    const file = sharedFile(this, 'ink', 'chars74k-hnd-writers01-35.json.gz');
    const held = await openDataset(`${file}#writers31-35`);
    const { labels, writers } = (await held.load('all')) as InkSamples;
    assert.deepEqual([held.classes.length, labels.length], [62, 310]);
    assert.deepEqual([...new Set(writers)], ['31', '32', '33', '34', '35']);
    await refused(openDataset(`${file}#31-35`), /no part of Chars74K/);
  });

  it('CROHME: every symbol with a truth, and its damaged files are named', async function () {
    this.timeout(120_000);
    const dataset = await openDataset(sharedFile(this, 'ink', 'crohme-2013-train-part.zip'));
    const samples = (await dataset.load('all')) as InkSamples;
    assert.ok(samples.labels.length > 50_000);
    for (const symbol of ['<', '>', ',', '{', '(', 'x', '=', '+'])
      assert.ok(dataset.classes.includes(symbol), symbol);
    assert.ok(dataset.problems.some((problem) => problem.startsWith('MfrDB/MfrDB3088.inkml:')));
  });
});

function meanPicture(pixels: Uint8Array, labels: Uint16Array, label: number): Float64Array {
  const mean = new Float64Array(784);
  labels.forEach((each, sample) => {
    if (each === label) mean.forEach((_, i) => (mean[i] = (mean[i] ?? 0) + (pixels[sample * 784 + i] ?? 0)));
  });
  return mean;
}

function sum(picture: Float64Array, where: (row: number, column: number) => boolean): number {
  return picture.reduce((total, gray, i) => total + (where(Math.floor(i / 28), i % 28) ? gray : 0), 0);
}
