import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { importDataset } from '../../../src/datasets/import/importDataset';
import { MyHandwriting } from '../../../src/datasets/store/myHandwriting';
import { mergeDatasets } from '../../../src/datasets/merge';
import { openDataset } from '../../../src/datasets/open';
import {
  changeOverlay,
  changeSamples,
  changesOf,
  keptOf,
  type OverlayStep,
  readOverlay,
  takeBack,
} from '../../../src/datasets/overlay';
import type { ImageSamples, InkSamples } from '../../../src/datasets/samples';
import { refused, temporaryFolder } from './import/temporary';

describe('changes of a dataset', () => {
  const folder = temporaryFolder();

  async function stored() {
    await folder.file('d/train.csv', '0,1,1,1,1\n1,2,2,2,2\n2,3,3,3,3\n');
    await folder.file('d/test.csv', '0,4,4,4,4\n1,5,5,5,5\n');
    await importDataset(`${folder.path}/d`, { name: 'd' }, folder.store);
    const own = folder.store.folder('d');
    const load = async (split: 'train' | 'test' | 'all', untouched = false) => {
      const dataset = await folder.store.open('d');
      const { pixels, labels } = (await (untouched ? dataset.stored.dataset : dataset).load(
        split,
      )) as ImageSamples;
      return [...labels].map((label, i) => `${String(label)}:${String(pixels[4 * i])}`).join(' ');
    };
    return { own, load };
  }

  it('relabel and exclude by split and index, are taken back, and leave the original as it is', async () => {
    const { own, load } = await stored();
    const steps: OverlayStep[] = [
      { split: 'train', indices: [0], change: { label: '7' } },
      { split: 'test', indices: [0, 1], change: { exclude: true } },
      { split: 'train', indices: [1], change: { exclude: true } },
      { split: 'test', indices: [1], change: { restore: true } },
    ];
    for (const step of steps) await changeSamples(own, step);
    assert.equal(await load('train'), '7:1 2:3');
    assert.equal(await load('test'), '1:5');
    assert.equal(await load('all'), '7:1 2:3 1:5');
    assert.equal(await load('all', true), '0:1 1:2 2:3 0:4 1:5');
    await takeBack(own, { steps: steps.slice(2) });
    assert.equal(await load('all'), '7:1 1:2 2:3');
    await takeBack(own, { steps: steps.slice(0, 1) });
    assert.equal(await load('all'), '0:1 1:2 2:3', 'what was changed later stays');
    assert.deepEqual((await takeBack(own, { steps })).steps, []);
    assert.equal(await load('all'), '0:1 1:2 2:3 0:4 1:5');
  });

  it('remember which labels were found right, and change nothing by it', async () => {
    const { own, load } = await stored();
    const kept = [{ split: 'train' as const, indices: [2] }];
    const restore = { split: 'train' as const, indices: [2], change: { restore: true as const } };
    await changeSamples(own, { split: 'train', indices: [2], change: { exclude: true } });
    const overlay = await changeOverlay(own, { steps: [restore], kept });
    assert.equal(await load('train'), '0:1 1:2 2:3');
    assert.deepEqual([...keptOf(overlay, 'train')], [2]);
    assert.deepEqual([...keptOf(overlay, 'test')], []);
    await changeSamples(own, { split: 'test', indices: [0], change: { exclude: true } });
    assert.deepEqual((await readOverlay(own)).kept, kept, 'whoever changes something else');
    const before = await takeBack(own, { steps: [restore], kept });
    assert.deepEqual([before.kept, before.steps.length], [undefined, 2]);
    assert.equal(await load('train'), '0:1 1:2');
  });

  it('are steps as they always were, with what is kept beside them', async () => {
    const { own } = await stored();
    await changeOverlay(own, { steps: [], kept: [{ split: 'train', indices: [1] }] });
    await changeSamples(own, { split: 'train', indices: [0], change: { label: '7' } });
    const { version, steps } = JSON.parse(await readFile(path.join(own, 'overlay.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    assert.deepEqual(
      { version, steps },
      { version: 1, steps: [{ split: 'train', indices: [0], change: { label: '7' } }] },
    );
    const before = '{"version":1,"steps":[{"split":"train","indices":[1],"change":{"exclude":true}}]}';
    await folder.file(path.relative(folder.path, path.join(own, 'overlay.json')), before);
    const overlay = await readOverlay(own);
    assert.deepEqual([[...changesOf(overlay, 'train').keys()], [...keptOf(overlay, 'train')]], [[1], []]);
  });

  it('of several windows at once all count', async () => {
    const { own } = await stored();
    const indices = Array.from({ length: 8 }, (_, index) => index);
    await Promise.all(
      indices.map((index) =>
        changeSamples(own, { split: 'train', indices: [index], change: { exclude: true } }),
      ),
    );
    assert.deepEqual([...changesOf(await readOverlay(own), 'train').keys()].sort(), indices);
  });

  it('in a damaged file are one clear sentence', async () => {
    const { own } = await stored();
    await folder.file(path.relative(folder.path, path.join(own, 'overlay.json')), '{"version":1,"steps":[');
    await refused(readOverlay(own), /overlay\.json is damaged/);
  });
});

describe('my handwriting', () => {
  const folder = temporaryFolder();
  const ink = [
    [
      [0, 0, 0, 0.5],
      [3, 4, 10, 0.75],
    ],
  ] as const;

  it('keeps samples with all their ink, as a dataset, and takes the last one back', async () => {
    let time = 0;
    const mine = new MyHandwriting(folder.path, () => new Date(1e12 + time++));
    await refused(openDataset('my-handwriting', folder.path), /no sample of your handwriting yet/);
    await mine.keep({ label: 'A', ink, penWidth: 4 });
    const second = await mine.keep({ label: '<', ink, penWidth: 4, writer: 'me' });
    assert.match(await readFile(path.join(mine.folder, second), 'utf8'), /&lt;/);
    const dataset = await openDataset('my-handwriting', folder.path);
    const { inks, labels, penWidths, writers } = (await dataset.load('all')) as InkSamples;
    assert.deepEqual(
      [dataset.classes, [...labels], penWidths],
      [
        ['<', 'A'],
        [1, 0],
        [4, 4],
      ],
    );
    assert.deepEqual([inks[0], writers[1]], [ink, 'me']);
    assert.equal(await mine.undo(), '<');
    assert.deepEqual((await mine.open()).classes, ['A']);
    await mine.undo();
    assert.equal(await mine.undo(), undefined);
    await refused(mine.keep({ label: 'A', ink: [[]] }), /nothing to keep/);
  });

  it('is safe in two windows at once', async () => {
    const windows = [new MyHandwriting(folder.path), new MyHandwriting(folder.path)];
    await Promise.all(windows.flatMap((each) => ['a', 'b', 'c'].map((label) => each.keep({ label, ink }))));
    assert.equal((await (await new MyHandwriting(folder.path).open()).load('all')).labels.length, 6);
  });

  it('is a dataset as any other: listed, relabeled, excluded, verified and removed', async () => {
    const { store } = folder;
    assert.deepEqual(await store.list(), []);
    await refused(store.open('my-handwriting'), /no sample of your handwriting yet/);
    for (const label of ['A', 'B', 'A']) await store.handwriting.keep({ label, ink });
    const [entry] = await store.list();
    assert.deepEqual(
      [entry?.id, entry?.name, entry?.state, entry?.manifest?.counts],
      ['my-handwriting', 'My Handwriting', 'ready', { all: [2, 1] }],
    );
    const own = store.folder('my-handwriting');
    await changeSamples(own, { split: 'all', indices: [0], change: { label: 'B' } });
    await changeSamples(own, { split: 'all', indices: [1], change: { exclude: true } });
    const load = async (untouched = false) => {
      const dataset = await store.open('my-handwriting');
      const { labels, writers } = (await (untouched ? dataset.stored.dataset : dataset).load(
        'all',
      )) as InkSamples;
      return { labels: [...labels], writers };
    };
    assert.deepEqual(await load(), { labels: [1, 0], writers: ['me', 'me'] });
    assert.deepEqual((await load(true)).labels, [0, 1, 0]);
    const { checksum } = await store.verify('my-handwriting');
    await store.handwriting.keep({ label: 'C', ink });
    assert.notEqual((await store.verify('my-handwriting')).checksum, checksum);
    await refused(importDataset(own, { name: 'My Handwriting' }, store), /"my-handwriting" already/);
    await store.remove('my-handwriting');
    assert.deepEqual(await store.list(), []);
  });

  it('takes back what another session kept last, and what was changed of it', async () => {
    const mine = folder.store.handwriting;
    const [, second] = [await mine.keep({ label: 'A', ink }), await mine.keep({ label: 'B', ink })];
    await mine.keep({ label: 'C', ink });
    const changed = { split: 'all' as const, change: { exclude: true as const } };
    const kept = [{ split: 'all' as const, indices: [1, 2] }];
    await changeOverlay(mine.folder, { steps: [{ ...changed, indices: [1, 2] }], kept });
    assert.equal(await mine.undo(second), 'B');
    assert.deepEqual([...keptOf(await readOverlay(mine.folder), 'all')], [1], 'C has moved up');
    const later = folder.store.handwriting;
    const included = async () => (await (await later.open()).load('all')).labels.length;
    assert.equal(await included(), 1, 'C has moved up and is excluded still');
    assert.equal(await later.undo(), 'C');
    await later.keep({ label: 'D', ink });
    assert.equal(await included(), 2, 'nothing is left of what was changed in C');
  });

  it('stays in the order in which it was kept when the clock is set back', async () => {
    let time = 2e12;
    const mine = new MyHandwriting(folder.path, () => new Date((time -= 1e6)));
    for (const label of ['A', 'B', 'C']) await mine.keep({ label, ink });
    const { labels } = await (await mine.open()).load('all');
    assert.deepEqual([...labels], [0, 1, 2]);
  });

  it('says which file is damaged, and opens without it', async () => {
    const { store } = folder;
    await store.handwriting.keep({ label: 'A', ink });
    const name = await store.handwriting.keep({ label: 'B', ink });
    await folder.file(path.join('home', 'my-handwriting', name), '<ink');
    assert.deepEqual((await store.open('my-handwriting')).classes, ['A']);
    await refused(store.verify('my-handwriting'), new RegExp(`${name} is damaged: remove it`));
  });
});

describe('merged datasets', () => {
  const folder = temporaryFolder();
  const line = (label: string, writer?: string) =>
    JSON.stringify({
      label,
      writer,
      strokes: [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    });

  const merge = (...ids: string[]) => mergeDatasets(ids, { name: 'Both' }, folder.store);

  it('of ink have the classes, the samples and the writers of all, as they were changed', async () => {
    const { store } = folder;
    const other = await folder.file('o.jsonl', [line('A', 'x'), line('B', 'y'), line('A', 'z')].join('\n'));
    await importDataset(other, { name: 'o', license: 'CC0' }, store);
    await store.handwriting.keep({ label: 'z', ink: [[[0, 0]]] });
    const own = store.folder('o');
    await changeSamples(own, { split: 'all', indices: [0], change: { exclude: true } });
    await changeSamples(own, { split: 'all', indices: [2], change: { label: 'B' } });
    const manifest = await merge('o', 'my-handwriting');
    assert.deepEqual(
      [manifest.id, manifest.name, manifest.source, manifest.license],
      ['both', 'Both', 'o + my-handwriting', 'CC0'],
    );
    const { labels, writers } = (await (await store.open('both')).load('all')) as InkSamples;
    assert.deepEqual(
      [[...labels].map((label) => manifest.classes[label]), writers],
      [
        ['B', 'B', 'z'],
        ['y', 'z', 'me'],
      ],
    );
  });

  it('keep the splits, and train on what has none', async () => {
    await folder.file('d/train.csv', '0,1,1,1,1\n1,2,2,2,2\n');
    await folder.file('d/test.csv', '0,4,4,4,4\n');
    await importDataset(`${folder.path}/d`, { name: 'd' }, folder.store);
    await importDataset(await folder.file('p.csv', '2,9,9,9,9\n'), { name: 'p' }, folder.store);
    const { classes, counts, officialSplits } = await merge('d', 'p');
    assert.equal(classes.join(''), '0123456789');
    const none = Array<number>(7).fill(0);
    assert.deepEqual(counts, { train: [1, 1, 1, ...none], test: [1, 0, 0, ...none] });
    assert.deepEqual(officialSplits, ['train', 'test']);
    const { pixels } = (await (await folder.store.open('both')).load('train')) as ImageSamples;
    assert.deepEqual(
      [...pixels].filter((_, at) => at % 4 === 0),
      [1, 2, 9],
    );
  });

  it('must be of one kind and size, and two', async () => {
    await importDataset(await folder.file('o.jsonl', line('A')), { name: 'o' }, folder.store);
    await importDataset(await folder.file('p.csv', '0,1,1,1,1\n'), { name: 'p' }, folder.store);
    await importDataset(await folder.file('q.csv', '0,1,1,1,1,1,1,1,1,1\n'), { name: 'q' }, folder.store);
    await refused(merge('o', 'p'), /cannot be one dataset/);
    await refused(merge('p', 'q'), /pictures of q are 3x3, those of p 2x2/);
    await refused(merge('p'), /two datasets or more/);
    await refused(merge('p', 'p'), /each once/);
    assert.equal(await folder.store.find('both'), undefined);
  });
});
