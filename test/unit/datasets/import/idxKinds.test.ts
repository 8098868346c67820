import assert from 'node:assert/strict';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { importAll } from '../../../../src/datasets/import/importDataset';
import type { ImageSamples } from '../../../../src/datasets/samples';
import { refused, temporaryFolder, zipOf } from './temporary';

const WRITE = {
  0x08: (value: number) => Buffer.from([value]),
  0x09: (value: number) => Buffer.from(Int8Array.of(value).buffer),
  0x0b: (value: number) => bytes(2, (buffer) => buffer.writeInt16BE(value)),
  0x0c: (value: number) => bytes(4, (buffer) => buffer.writeInt32BE(value)),
  0x0d: (value: number) => bytes(4, (buffer) => buffer.writeFloatBE(value)),
  0x0e: (value: number) => bytes(8, (buffer) => buffer.writeDoubleBE(value)),
};
type Type = keyof typeof WRITE;

function bytes(count: number, write: (buffer: Buffer) => void): Buffer {
  const buffer = Buffer.alloc(count);
  write(buffer);
  return buffer;
}

function idx(type: Type, dimensions: readonly number[], values: readonly number[]): Buffer {
  const sizes = dimensions.map((size) => bytes(4, (buffer) => buffer.writeUInt32BE(size)));
  return Buffer.concat([Buffer.from([0, 0, type, dimensions.length]), ...sizes, ...values.map(WRITE[type])]);
}

/** Three pictures of 8x8, with all gray values. */
const GRAY = Array.from({ length: 3 * 64 }, (_, at) => Math.round((at * 255) / 191));
const IMAGES = idx(8, [3, 8, 8], GRAY);
const LABELS = idx(8, [3], [7, 0, 4]);

describe('IDX files of every kind', () => {
  const folder = temporaryFolder();

  async function read(files: Record<string, Buffer>, name = 'd') {
    for (const [file, content] of Object.entries(files)) await folder.file(`${name}/${file}`, content);
    const { imported, failed } = await importAll(path.join(folder.path, name), { name }, folder.store);
    assert.deepEqual(failed, []);
    assert.equal(imported.length, 1);
    const dataset = await folder.store.open(name);
    const splits: Record<string, string> = {};
    let pixels = new Uint8Array();
    for (const split of Object.keys(imported[0]?.manifest.counts ?? {}) as 'all'[]) {
      const samples = (await dataset.load(split)) as ImageSamples;
      splits[split] = Array.from(samples.labels, (label) => dataset.classes[label]).join('');
      pixels = Uint8Array.from(samples.pixels);
    }
    return { splits, pixels };
  }

  const labels: Record<string, Buffer> = {
    'labels-idx1-int': idx(0x0c, [3], [7, 0, 4]),
    'labels-idx1-short': idx(0x0b, [3], [7, 0, 4]),
    'labels-idx1-float': idx(0x0d, [3], [7, 0, 4]),
    // as QMNIST has them: the class first
    'labels-idx2-int': idx(0x0c, [3, 4], [7, 4, 2100, 0, 0, 4, 2100, 1, 4, 1, 9, 9]),
    'labels-idx2-ubyte': idx(8, [3, 1], [7, 0, 4]),
    'labels.idx2-onehot': idx(
      8,
      [3, 10],
      [7, 0, 4].flatMap((label) => Array.from({ length: 10 }, (_, at) => Number(at === label))),
    ),
  };
  for (const [name, file] of Object.entries(labels)) {
    it(`have labels as ${name}`, async () => {
      assert.deepEqual((await read({ 'images-idx3-ubyte': IMAGES, [name]: file })).splits, { all: '704' });
    });
  }

  const images: Record<string, Buffer> = {
    'signed bytes': idx(
      0x09,
      [3, 8, 8],
      GRAY.map((value) => value - 128),
    ),
    shorts: idx(0x0b, [3, 8, 8], GRAY),
    integers: idx(0x0c, [3, 8, 8], GRAY),
    'floats up to 1': idx(
      0x0d,
      [3, 8, 8],
      GRAY.map((value) => value / 255),
    ),
    'doubles up to 255': idx(0x0e, [3, 8, 8], GRAY),
    'doubles of -1 to 1': idx(
      0x0e,
      [3, 8, 8],
      GRAY.map((value) => value / 127.5 - 1),
    ),
    'one channel behind': idx(8, [3, 8, 8, 1], GRAY),
    'one channel before': idx(8, [3, 1, 8, 8], GRAY),
    'rows of pixels': idx(8, [3, 64], GRAY),
  };
  for (const [what, file] of Object.entries(images)) {
    it(`have pictures as ${what}`, async () => {
      const { pixels, splits } = await read({ 'x-images': file, 'x-labels': LABELS });
      assert.deepEqual([splits, [...pixels]], [{ all: '704' }, GRAY]);
    });
  }

  it('lie in a folder for each split', async () => {
    const { splits } = await read({
      'train/images-idx3-ubyte': IMAGES,
      'train/labels-idx1-ubyte': LABELS,
      'test/images-idx3-ubyte': idx(8, [1, 8, 8], GRAY.slice(0, 64)),
      'test/labels-idx1-ubyte': idx(8, [1], [4]),
    });
    assert.deepEqual(splits, { train: '704', test: '4' });
  });

  it('lie in folders of their own names, beside doubles, in an archive', async () => {
    const parts: Record<string, Buffer> = {};
    for (const [split, labelsOf] of Object.entries({ train: LABELS, t10k: idx(8, [3], [1, 2, 3]) })) {
      for (const [what, file] of Object.entries({
        [`${split}-images-idx3-ubyte`]: IMAGES,
        [`${split}-labels-idx1-ubyte`]: labelsOf,
      })) {
        parts[`${what}/${what}`] = file;
        parts[what.replace('-idx', '.idx')] = file;
        parts[`raw/${what}.gz`] = gzipSync(file);
      }
    }
    const zip = await zipOf(parts);
    assert.deepEqual((await read({ 'archive.zip': zip })).splits, { train: '704', test: '123' });
  });

  it('are refused where sizes are more than any picture has, before they are read', async () => {
    const header = Buffer.from([0, 0, 8, 3, 0, 0, 0, 3, 0, 1, 0, 0, 0, 1, 0, 0]);
    await refused(read({ 'x-images': header, 'x-labels': LABELS }), /claims images of 65536x65536/);
    const many = Buffer.from([0, 0, 8, 1, 255, 255, 255, 255]);
    await refused(read({ 'y-images': IMAGES, 'y-labels': many }, 'e'), /truncated/);
  });
});
