import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exportDataset } from '../../../src/datasets/export/exportDataset';
import { mergeDatasets } from '../../../src/datasets/merge';
import { openDataset } from '../../../src/datasets/open';
import { changeSamples, changesOf, readOverlay } from '../../../src/datasets/overlay';
import { pickSamples } from '../../../src/datasets/pick';
import type { InkSamples } from '../../../src/datasets/samples';
import { importDataset } from '../../../src/datasets/import/importDataset';
import { MyHandwriting } from '../../../src/datasets/store/myHandwriting';
import { MyLines } from '../../../src/datasets/store/myLines';
import { readInkml } from '../../../src/ink/inkml';
import { Keeper } from '../../../src/host/samples/keeper';
import { makeScratchFolder } from '../../harness/scratch';
import { refused, temporaryFolder } from './import/temporary';

const ink = [
  [
    [0, 0],
    [1, 2],
  ],
] as const;

describe('the lines that the pad keeps', () => {
  const folder = temporaryFolder();

  it('have their texts whole, several rows too', async () => {
    const lines = new MyLines(await makeScratchFolder());
    for (const label of ['const x = a < b && c;', 'if (x) {\n  y();\n}']) {
      const name = await lines.keep({ label, ink, penWidth: 2 });
      const { groups } = readInkml(await readFile(path.join(lines.folder, name), 'utf8'));
      assert.deepEqual(
        groups.map((group) => group.label),
        [label],
      );
    }
    assert.equal((await lines.list()).length, 2);
  });

  it('keep the lines that they were written on, in exports, merged datasets and parts too', async () => {
    const { store } = folder;
    const guide = { baseline: 40, xHeight: 12.5, pitch: 66 };
    await store.lines.keep({ label: 'let x', ink, penWidth: 2, guide });
    await store.lines.keep({ label: 'else', ink, penWidth: 2 });
    const guidesIn = async (reference: string) => {
      const dataset = await openDataset(reference, store.home);
      const { labels, guides } = (await dataset.load('all')) as InkSamples;
      return new Map(Array.from(labels, (label, at) => [dataset.classes[label], guides?.[at]]));
    };
    const expected = new Map([
      ['let x', guide],
      ['else', undefined],
    ]);
    assert.deepEqual(await guidesIn('my-lines'), expected);
    const dataset = await openDataset('my-lines', store.home);
    for (const format of ['inkml', 'jsonl'] as const) {
      const out = path.join(folder.path, format);
      await exportDataset(dataset, { format, out });
      await importDataset(out, { name: format }, store);
      assert.deepEqual(await guidesIn(format), expected, format);
    }
    const foreign = path.join(folder.path, 'foreign.jsonl');
    await writeFile(
      foreign,
      '{"id": "1", "label": "while", "strokes": [[[0, 0], [1, 2]]], "guide": "none"}\n',
    );
    const merged = await mergeDatasets(['my-lines', foreign], { name: 'Merged' }, store);
    assert.deepEqual(await guidesIn(merged.id), new Map([...expected, ['while', undefined]]));
    const samples = (await dataset.load('all')) as InkSamples;
    assert.deepEqual((pickSamples(samples, [1, 0]) as InkSamples).guides, [
      samples.guides?.[1],
      samples.guides?.[0],
    ]);
  });

  it('can be taken back', async () => {
    const lines = new MyLines(await makeScratchFolder());
    const name = await lines.keep({ label: 'foo', ink });
    assert.equal(await lines.undo(name), 'foo');
    assert.equal(await lines.undo(name), undefined);
    assert.deepEqual(await lines.list(), []);
  });

  it('are a dataset as any other: listed, relabeled, excluded, verified, exported and removed', async () => {
    const { store } = folder;
    await refused(store.open('my-lines'), /no line of your handwriting yet/);
    await store.handwriting.keep({ label: 'A', ink });
    for (const label of ['let x = 1;', 'return', 'foo()']) await store.lines.keep({ label, ink });
    const entries = await store.list();
    assert.deepEqual(
      entries.map(({ id, name, state }) => [id, name, state]),
      [
        ['my-handwriting', 'My Handwriting', 'ready'],
        ['my-lines', 'My Lines', 'ready'],
      ],
    );
    const own = store.folder('my-lines');
    await changeSamples(own, { split: 'all', indices: [0], change: { label: 'let x = 7;' } });
    await changeSamples(own, { split: 'all', indices: [1], change: { exclude: true } });
    const dataset = await openDataset('my-lines', store.home);
    const { labels } = (await dataset.load('all')) as InkSamples;
    assert.deepEqual(
      Array.from(labels, (label) => dataset.classes[label]),
      ['let x = 7;', 'foo()'],
    );
    await store.verify('my-lines');
    const out = (format: string) => path.join(folder.path, format);
    assert.equal(await exportDataset(dataset, { format: 'inkml', out: out('inkml') }), 2);
    await refused(
      exportDataset(dataset, { format: 'png', out: out('png') }),
      /my-lines holds words or lines, and png is for characters: export it as InkML or JSON Lines\./,
    );
    await store.remove('my-lines');
    assert.deepEqual(
      (await store.list()).map(({ id }) => id),
      ['my-handwriting'],
    );
  });

  it('that are taken back take what was changed of them along', async () => {
    const { lines } = folder.store;
    const names: string[] = [];
    for (const label of ['one', 'two', 'three']) names.push(await lines.keep({ label, ink }));
    await changeSamples(lines.folder, { split: 'all', indices: [1, 2], change: { exclude: true } });
    assert.equal(await lines.undo(names[1]), 'two');
    assert.deepEqual([...changesOf(await readOverlay(lines.folder), 'all').keys()], [1], 'three moved up');
  });
});

describe('what the pad keeps', () => {
  it('is taken back, the newest first, be it a character or a line, kept in this window or before', async () => {
    const folder = await makeScratchFolder();
    let time = 1e12;
    const characters = new MyHandwriting(folder, () => new Date(time++));
    const lines = new MyLines(folder, () => new Date(time++));
    const before = new Keeper(characters, lines);
    await before.keepText('a', { ink, penWidth: undefined });
    await before.keepText('while', { ink, penWidth: undefined });
    const now = new Keeper(characters, lines);
    assert.equal(await now.undo(), 'while');
    assert.equal(await now.undo(), 'a');
    assert.equal(await now.undo(), undefined);
  });
});
