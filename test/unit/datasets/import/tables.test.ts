import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { importDataset } from '../../../../src/datasets/import/importDataset';
import { openDataset } from '../../../../src/datasets/open';
import type { ImageSamples, InkSamples } from '../../../../src/datasets/samples';
import { nothingStored, refused, temporaryFolder } from './temporary';

const FIXTURE = path.resolve('test', 'fixtures', 'emnist');

describe('CSV rows', () => {
  const folder = temporaryFolder();

  /** Rows of 2x2 pictures. */
  const small = '7,0,1,2,255\n3,4,5,6,7\n';

  it("in Kaggle's form of MNIST: a row of names, and a test file without labels", async () => {
    await folder.file(
      'k/train.csv',
      `label,pixel0,pixel1,pixel2,pixel3\r\n${small.replaceAll('\n', '\r\n')}`,
    );
    await folder.file('k/test.csv', 'pixel0,pixel1,pixel2,pixel3\n1,2,3,4\n');
    const { manifest, problems } = await importDataset(`${folder.path}/k`, { name: 'Kaggle' }, folder.store);
    assert.deepEqual([manifest.officialSplits, manifest.height, manifest.classes.length], [['train'], 2, 10]);
    assert.match(problems[0] ?? '', /test\.csv has no column "label"/);
    const { pixels, labels } = (await (await folder.store.open('kaggle')).load('train')) as ImageSamples;
    assert.deepEqual(
      [[...pixels], [...labels]],
      [
        [0, 1, 2, 255, 4, 5, 6, 7],
        [7, 3],
      ],
    );
  });

  it("in Kaggle's form of EMNIST: transposed, the mapping beside it, the same as its own files", async () => {
    const dataset = await openDataset(FIXTURE);
    const own = (await dataset.load('test')) as ImageSamples;
    const gz = (name: string) =>
      readFile(path.join(FIXTURE, `emnist-balanced-test-${name}-ubyte.gz`)).then(gunzipSync);
    const [images, labels] = [(await gz('images-idx3')).subarray(16), (await gz('labels-idx1')).subarray(8)];
    const rows = [...labels].map((label, i) => [label, ...images.subarray(784 * i, 784 * (i + 1))].join(','));
    const file = await folder.file('emnist-balanced-test.csv.gz', gzipSync(rows.join('\n')));
    await folder.file(
      'emnist-balanced-mapping.txt',
      await readFile(path.join(FIXTURE, 'emnist-balanced-mapping.txt')),
    );
    await importDataset(file, { name: 'e' }, folder.store);
    const stored = await folder.store.open('e');
    const read = (await stored.load('test')) as ImageSamples;
    assert.deepEqual([stored.classes, stored.covers], [dataset.classes, dataset.covers]);
    assert.ok(Buffer.from(read.pixels).equals(own.pixels));
    assert.deepEqual(read.labels, own.labels);
  });

  it('with characters for labels, the label last, or labels that are told', async () => {
    const letters = await folder.file('l.csv', '0,1,2,3,class\n1,1,1,1,A\n2,2,2,2,"+"\n');
    assert.deepEqual((await importDataset(letters, { name: 'l' }, folder.store)).manifest.classes, [
      '+',
      'A',
    ]);
    const told = await folder.file('t.csv', '25,0,1,2,255\n');
    const { manifest } = await importDataset(
      told,
      { name: 't', characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' },
      folder.store,
    );
    assert.equal(manifest.counts['all']?.[25], 1);
  });

  it('with separators, quotes and line breaks in quoted cells', async () => {
    const table = 'class,"p\n""0""",p1,p2,p3\r\n",",1,2,3,4\n"A","5",6,7,8\r\n"B\n",9,9,9,"9"';
    const file = await folder.file('q.csv', table);
    await importDataset(file, { name: 'q' }, folder.store);
    const stored = await folder.store.open('q');
    const { pixels, labels } = (await stored.load('all')) as ImageSamples;
    assert.deepEqual(stored.classes, [',', 'A', 'B']);
    assert.deepEqual(
      [[...pixels], [...labels]],
      [
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9],
        [0, 1, 2],
      ],
    );
  });

  const damages: [string, string, RegExp][] = [
    ['a row too short', `${small}1,2,3\n`, /line 3 has 3 columns where the first has 5/],
    ['a row too long', `${small}1,2,3,4,5,6\n`, /line 3 has 6 columns/],
    ['a pixel that is none', `${small}1,2,x,4,5\n`, /line 3 has the pixel "x"/],
    ['a quote that does not end', `${small}"1,2,3,4,5\n1,2,3,4,5\n`, /line 3 has a quote that does not end/],
    ['a pixel that is missing', `${small}1,2,,4,5\n`, /line 3 has the pixel ""/],
    ['a pixel that is too bright', `${small}1,2,256,4,5\n`, /line 3 has the pixel "256"/],
    ['labels without a mapping', '10,0,0,0,0\n', /labels of .* go up to 10.*--mapping/],
    ['pictures that are no square', '1,0,0,0,0,0\n', /5 pixels a row, which is no square/],
    ['nothing', '\n\n', /has no rows/],
    ['names alone', 'label,a,b,c,d\n', /has no rows/],
    ['no pixels', '1\n2\n', /has no rows/],
  ];
  for (const [what, content, sentence] of damages) {
    it(`with ${what} are refused in one sentence, and nothing is stored`, async () => {
      await refused(
        importDataset(await folder.file('x.csv', content), { name: 'x' }, folder.store),
        sentence,
      );
      await nothingStored(folder.store);
    });
  }
});

describe('IDX pairs', () => {
  const folder = temporaryFolder();
  const fixture = (name: string) => readFile(path.join(FIXTURE, `emnist-balanced-${name}`));

  it('are found under any name, and upright where they are said to be', async () => {
    await folder.file('mine/letters_x.bin', gunzipSync(await fixture('test-images-idx3-ubyte.gz')));
    await folder.file('mine/letters_y.bin', gunzipSync(await fixture('test-labels-idx1-ubyte.gz')));
    const mapping = path.join(FIXTURE, 'emnist-balanced-mapping.txt');
    const { manifest } = await importDataset(
      `${folder.path}/mine`,
      { name: 'mine', mapping, transposed: true },
      folder.store,
    );
    assert.deepEqual([manifest.classes.length, manifest.officialSplits], [47, []]);
    const own = (await (await openDataset(FIXTURE)).load('test')) as ImageSamples;
    const read = (await (await folder.store.open('mine')).load('all')) as ImageSamples;
    assert.ok(Buffer.from(read.pixels).equals(own.pixels));
  });

  it("in EMNIST's layout keep their splits", async () => {
    const { manifest } = await importDataset(FIXTURE, { name: 'Balanced' }, folder.store);
    assert.deepEqual(manifest.officialSplits, ['test', 'train']);
    assert.equal(manifest.covers[manifest.classes.indexOf('C')], 'Cc');
  });

  it('are refused where they are damaged, in one sentence', async () => {
    const images = gunzipSync(await fixture('test-images-idx3-ubyte.gz'));
    const labels = gunzipSync(await fixture('test-labels-idx1-ubyte.gz'));
    const work = () =>
      importDataset(`${folder.path}/d`, { name: 'd', characters: 'x'.repeat(47) }, folder.store);
    await folder.file('d/images', images.subarray(0, -1));
    await refused(work(), /no file of labels/);
    await folder.file('d/labels', labels);
    await refused(work(), /images is truncated/);
    await folder.file('d/images', Buffer.concat([images, Buffer.alloc(1)]));
    await refused(work(), /holds more than it says/);
    await folder.file('d/images', images);
    await folder.file('d/labels', Buffer.from(labels).fill(99, 9, 10));
    await refused(work(), /the label "99"/);
    await nothingStored(folder.store);
  });
});

describe('ink files', () => {
  const folder = temporaryFolder();
  const unipen = '.COORD X Y\n.SEGMENT CHARACTER ? "a"\n.PEN_DOWN\n0 0\n5 5\n.PEN_UP\n';

  it('of every format are one dataset, and unreadable ones are named', async () => {
    await folder.file('ink/one.upn', unipen);
    await folder.file('ink/cut.upn', unipen.slice(0, -9));
    await folder.file('ink/two.jsonl', '{"label":"b","writer":"w","strokes":[[[0,0],[1,1]]]}\n');
    await folder.file('ink/three.json', '{"A":[[[[1,2],[3,4]]]]}');
    await folder.file(
      'ink/four.inkml',
      '<ink><trace id="0">1 2, 3 4</trace><traceGroup><annotation type="truth">\\sum</annotation><traceView traceDataRef="0"/></traceGroup></ink>',
    );
    await folder.file('ink/deep.inkml', `<ink>${'<a>'.repeat(101)}${'</a>'.repeat(101)}</ink>`);
    await folder.file('ink/notes.txt', 'nothing of interest');
    const { manifest, problems } = await importDataset(`${folder.path}/ink`, { name: 'ink' }, folder.store);
    assert.deepEqual(
      [manifest.kind, manifest.classes, manifest.counts],
      ['ink', ['A', 'a', 'b', '∑'], { all: [1, 1, 1, 1] }],
    );
    assert.deepEqual(problems, [
      'cut.upn: The UNIPEN file is cut off: its last .PEN_DOWN has no .PEN_UP.',
      'deep.inkml: The file has XML that Scrawl does not read, as no ink needs it: export the ink again.',
    ]);
    const { inks, labels, writers } = (await (await folder.store.open('ink')).load('all')) as InkSamples;
    const b = [...labels].indexOf(2);
    assert.deepEqual(writers[b], 'w');
    assert.deepEqual(
      inks[[...labels].indexOf(1)]?.[0]?.map(([x, y]) => [x, y]),
      [
        [0, 0],
        [5, -5],
      ],
    );
  });

  it('without labeled ink are refused in one sentence', async () => {
    const { store } = folder;
    const name = 'x';
    await refused(importDataset(await folder.file('c.upn', unipen.slice(0, -9)), { name }, store), /cut off/);
    await refused(importDataset(await folder.file('e.jsonl', ''), { name }, store), /is empty/);
    await refused(
      importDataset(await folder.file('n/notes.txt', 'text'), { name }, store),
      /nothing that Scrawl can import/,
    );
    await nothingStored(store);
  });
});
