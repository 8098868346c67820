import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeContactSheet } from '../../../../tools/characters/contactSheet';
import { pictureOf } from '../../../../src/datasets/pictures';
import { importAll } from '../../../../src/datasets/import/importDataset';
import type { Manifest } from '../../../../src/datasets/store/manifest';
import type { Dataset } from '../../../../src/datasets/dataset';
import type { Samples } from '../../../../src/datasets/samples';
import type { Split } from '../../../../src/base/split';
import { sharedFile } from '../../shared';
import { temporaryFolder } from './temporary';

const SHEETS = path.resolve('out', 'contact-sheets');
/** Pictures of a class on a sheet, and classes of it. */
const COLUMNS = 24;
const ROWS = 26;

/** Pictures of each class, a row each, for somebody to look at. */
async function contactSheet(name: string, dataset: Dataset, split: Split): Promise<void> {
  const samples = await dataset.load(split);
  const step = Math.max(1, dataset.classes.length / ROWS);
  const rows = Array.from({ length: Math.min(ROWS, dataset.classes.length) }, (_, row) =>
    picturesOf(samples, Math.floor(row * step)),
  );
  await mkdir(SHEETS, { recursive: true });
  await writeContactSheet(
    path.join(SHEETS, `${name}.png`),
    rows.filter((row) => row.length > 0),
  );
}

function picturesOf(samples: Samples, label: number): Float32Array[] {
  const pictures: Float32Array[] = [];
  for (let at = samples.labels.indexOf(label); at >= 0 && pictures.length < COLUMNS;) {
    pictures.push(Float32Array.from(pictureOf(samples, at), (value) => value / 255));
    at = samples.labels.indexOf(label, at + 1);
  }
  return pictures;
}

function countsOf({ counts }: Manifest): Record<string, number> {
  const sum = (each: readonly number[]) => each.reduce((a, b) => a + b, 0);
  return Object.fromEntries(Object.entries(counts).map(([split, each]) => [split, sum(each)]));
}

describe('the data beside the checkout', () => {
  const folder = temporaryFolder();

  /** All that lies there, as the command line and VS Code import it. */
  async function importedFrom(name: string, location: string, split: Split = 'all') {
    const { imported, failed } = await importAll(location, { name }, folder.store);
    assert.deepEqual(failed, []);
    for (const { manifest } of imported)
      await contactSheet(manifest.id, await folder.store.open(manifest.id), split);
    return imported.map(({ manifest, problems }) => ({ manifest, problems, counts: countsOf(manifest) }));
  }

  async function imported(name: string, location: string, split: Split = 'all') {
    const [only, ...others] = await importedFrom(name, location, split);
    assert.ok(only);
    assert.deepEqual(others, []);
    return only;
  }

  const EMNIST: [string, number, number, number][] = [
    ['byclass', 62, 91_617, 9796],
    ['bymerge', 47, 91_589, 9757],
    ['letters', 26, 28_588, 8690],
    ['balanced', 47, 8334, 286],
    ['digits', 10, 11_097, 233],
    ['mnist', 10, 345, 9769],
  ];
  it('EMNIST is imported as its six splits', async function () {
    const found = await importedFrom('all', sharedFile(this, 'emnist', 'gzip.zip'), 'test');
    const seen = found.map(({ manifest, counts }) => [manifest.id, manifest.classes.length, counts]);
    const wanted = EMNIST.map(([split, classes, train, test]) => [
      `all-emnist-${split}`,
      classes,
      { train, test },
    ]);
    assert.deepEqual(seen.sort(), wanted.sort());
  });

  it('EMNIST is imported as the one split that is asked for', async function () {
    const location = `${sharedFile(this, 'emnist', 'gzip.zip')}#balanced`;
    const { counts } = await imported('one split', location, 'test');
    assert.deepEqual(counts, { train: 8334, test: 286 });
  });

  it('MNIST is imported whole', async function () {
    const location = path.dirname(sharedFile(this, 'mnist', 't10k-images-idx3-ubyte.gz'));
    const { manifest, counts } = await imported('mnist-lecun', location, 'test');
    assert.deepEqual([manifest.classes.length, counts], [10, { train: 60_000, test: 10_000 }]);
  });

  it('CROHME is imported with every symbol', async function () {
    this.timeout(120_000);
    const { manifest, counts, problems } = await imported(
      'crohme',
      sharedFile(this, 'ink', 'crohme-2013-train-part.zip'),
    );
    assert.deepEqual([manifest.classes.length, counts], [101, { all: 68_314 }]);
    assert.ok(
      problems.every((problem) => /MfrDB3088/.test(problem)),
      problems.join('\n'),
    );
  });

  it('Chars74K is imported whole', async function () {
    // as people type it: the dots of the path are no hidden file's
    const file = path.relative('.', sharedFile(this, 'ink', 'chars74k-hnd-writers01-35.json.gz'));
    const { manifest, counts } = await imported('chars74k', file);
    assert.deepEqual([manifest.classes.length, counts], [62, { all: 35 * 62 }]);
  });

  it('the photographs are imported whole', async function () {
    const file = sharedFile(this, 'photos', 'handwritten-characters-62x50.zip');
    const { manifest, counts, problems } = await imported('photos', file);
    assert.deepEqual([manifest.classes.length, counts, problems], [62, { all: 3090 }, []]);
  });
});
