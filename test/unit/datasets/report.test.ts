import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { importDataset } from '../../../src/datasets/import/importDataset';
import { type DatasetReport, idOf } from '../../../src/datasets/report/datasetReport';
import { makeReport } from '../../../src/datasets/report/makeReport';
import { readReport, storedReport } from '../../../src/datasets/report/storedReport';
import type { ImageSamples } from '../../../src/datasets/samples';
import type { Split } from '../../../src/base/split';
import { temporaryFolder } from './import/temporary';

/** A picture of 4 x 4 with so much ink in its first row and last row. */
const picture = (top: number, bottom = 0) => [
  ...Array<number>(8).fill(top),
  ...Array<number>(8).fill(bottom),
];

describe('a report of a dataset', () => {
  const folder = temporaryFolder();

  async function store(splits: Partial<Record<Split, [label: number, pixels: number[]][]>>) {
    async function* batch(samples: [number, number[]][]): AsyncGenerator<ImageSamples> {
      yield await Promise.resolve({
        ...{ kind: 'images', height: 4, width: 4 },
        labels: Uint16Array.from(samples, ([label]) => label),
        pixels: Uint8Array.from(samples.flatMap(([, pixels]) => pixels)),
      });
    }
    const classes = ['a', 'b'];
    const about = {
      name: 'P',
      kind: 'images' as const,
      source: 'here',
      height: 4,
      width: 4,
      officialSplits: [],
    };
    const parts = Object.entries(splits).map(([split, samples]) => ({
      split: split as Split,
      batches: batch(samples),
    }));
    await folder.store.write('p', { ...about, classes, covers: classes }, parts);
  }
  const found = ({ findings }: DatasetReport) =>
    Object.fromEntries(
      findings.map((finding) => [
        idOf(finding),
        [finding.total, finding.samples.map(([split, index]) => `${split} ${String(index)}`).join(', ')],
      ]),
    );

  it('finds doubles within splits, leaks between them, and what is labeled as two classes', async () => {
    await store({
      train: [
        [0, picture(1)],
        [0, picture(2)],
        [0, picture(1)],
        [1, picture(3)],
      ],
      test: [
        [0, picture(4)],
        [1, picture(1)],
        [1, picture(3)],
        [1, picture(3)],
      ],
    });
    assert.deepEqual(found(await makeReport('p', folder.store)), {
      'leaks train test': [3, 'train 0, train 2, test 1, train 3, test 2, test 3'],
      contradictions: [3, 'train 0, train 2, test 1'],
      'doubles train': [1, 'train 0, train 2'],
      'doubles test': [1, 'test 2, test 3'],
    });
  });

  it('finds what is blank, a point, or unlike others of its class, and has the mean of each', async () => {
    const usual = Array.from({ length: 200 }, (_, at): [number, number[]] => [
      0,
      picture(100 + (at % 60), 10 + Math.floor(at / 60)),
    ]);
    const point = Array<number>(16).fill(0).with(5, 255);
    await store({
      all: [
        ...usual,
        [0, picture(0, 130)],
        [0, picture(255, 255).with(0, 254)],
        [0, Array<number>(16).fill(0)],
        [0, point],
        ...Array.from({ length: 3 }, (_, at): [number, number[]] => [1, point.with(5, 200 + at)]),
      ],
    });
    const report = await makeReport('p', folder.store);
    assert.deepEqual(found(report), {
      blank: [1, 'all 202'],
      dots: [1, 'all 203'],
      mass: [1, 'all 201'],
      far: [2, 'all 201, all 200'],
    });
    const means = Buffer.from(report.means ?? '', 'base64');
    assert.equal(means.length, 32);
    assert.deepEqual([means[16], means[21]], [0, 201], 'of the points');
  });

  it('of ink compares strokes, and of texts no pictures', async () => {
    const line = (label: string, x: number) =>
      JSON.stringify({
        label,
        strokes: [
          [
            [x, 0],
            [1, 1],
          ],
        ],
      });
    const lines = [line('one', 0), line('two', 5), line('three', 5), line('four', 1), line('four', 1)];
    await importDataset(await folder.file('t.jsonl', lines.join('\n')), { name: 't' }, folder.store);
    const report = await makeReport('t', folder.store);
    assert.deepEqual(found(report), {
      contradictions: [2, 'all 1, all 2'],
      'doubles all': [2, 'all 1, all 2, all 3, all 4'],
    });
    assert.equal(report.means, undefined);
    await folder.store.handwriting.keep({ label: 'z', ink: [[[0, 0]]] });
    assert.deepEqual(found(await makeReport('my-handwriting', folder.store)), {});
  });

  it('is kept beside the dataset, as long as the samples are the same', async () => {
    await store({ all: [[0, picture(1)]] });
    const report = await storedReport('p', folder.store);
    assert.deepEqual(await storedReport('p', folder.store), report);
    const own = folder.store.folder('p');
    assert.deepEqual(await readReport(own, report.checksum), report);
    assert.equal(await readReport(own, 'another'), undefined);
    const file = path.join(own, 'report.json');
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, 20));
    assert.equal(await readReport(own, report.checksum), undefined);
    assert.deepEqual((await storedReport('p', folder.store)).findings, []);
  });

  it('tells how far it is, and ends when it is told to', async () => {
    await store({
      train: [[0, picture(1)]],
      test: [
        [0, picture(2)],
        [1, picture(3)],
      ],
    });
    const steps: string[] = [];
    await makeReport('p', folder.store, {
      onProgress: ({ done, total }) => steps.push(`${String(done)}/${String(total)}`),
    });
    assert.deepEqual(steps, ['1/6', '3/6', '4/6', '6/6']);
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(storedReport('p', folder.store, { signal }), /enough/);
    assert.equal(await readReport(folder.store.folder('p'), ''), undefined);
  });
});
