import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { importDataset } from '../../../src/datasets/import/importDataset';
import { MyHandwriting } from '../../../src/datasets/myHandwriting';
import { mergeDatasets } from '../../../src/datasets/merge';
import { openDataset } from '../../../src/datasets/open';
import { changeSamples, changesOf, readOverlay, undoChange } from '../../../src/datasets/overlay';
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
      const { pixels, labels } = (await (
        await folder.store.open('d', { untouched })
      ).load(split)) as ImageSamples;
      return [...labels].map((label, i) => `${String(label)}:${String(pixels[4 * i])}`).join(' ');
    };
    return { own, load };
  }

  it('relabel and exclude by split and index, are taken back, and leave the original as it is', async () => {
    const { own, load } = await stored();
    await changeSamples(own, { split: 'train', indices: [0], change: { label: '7' } });
    await changeSamples(own, { split: 'test', indices: [0, 1], change: { exclude: true } });
    await changeSamples(own, { split: 'train', indices: [1], change: { exclude: true } });
    await changeSamples(own, { split: 'test', indices: [1], change: { restore: true } });
    assert.equal(await load('train'), '7:1 2:3');
    assert.equal(await load('test'), '1:5');
    assert.equal(await load('all'), '7:1 2:3 1:5');
    assert.equal(await load('all', true), '0:1 1:2 2:3 0:4 1:5');
    await undoChange(own);
    await undoChange(own);
    assert.equal(await load('all'), '7:1 1:2 2:3');
    await undoChange(own);
    await undoChange(own);
    assert.deepEqual((await undoChange(own)).steps, []);
    assert.equal(await load('all'), '0:1 1:2 2:3 0:4 1:5');
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
    assert.equal(await mine.undo(), second);
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

  it('merges into another dataset', async () => {
    const mine = new MyHandwriting(folder.path);
    await mine.keep({ label: 'z', ink });
    const other = await folder.file('o.jsonl', '{"label":"A","strokes":[[[0,0],[1,1]]]}\n');
    const { dataset, splits } = await mergeDatasets([await openDataset(other), await mine.open()], 'both');
    const manifest = await folder.store.write('both', dataset, splits);
    assert.deepEqual([manifest.classes, manifest.counts], [['A', 'z'], { all: [1, 1] }]);
    const pictures = await folder.file('p.csv', '0,1,1,1,1\n');
    await importDataset(pictures, { name: 'p' }, folder.store);
    const mixed = await mergeDatasets([await mine.open(), await folder.store.open('p')], 'mixed');
    await refused(folder.store.write('mixed', mixed.dataset, mixed.splits), /cannot be one dataset/);
  });
});
