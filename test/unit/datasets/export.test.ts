import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EXPORT_FORMATS, exportDataset, type ExportFormat } from '../../../src/datasets/export/exportDataset';
import { importDataset } from '../../../src/datasets/import/importDataset';
import { openDataset } from '../../../src/datasets/open';
import type { Split } from '../../../src/base/split';
import type { Dataset } from '../../../src/datasets/dataset';
import type { ImageSamples, InkSamples, Samples } from '../../../src/datasets/samples';
import { refused, temporaryFolder } from './import/temporary';

const FIXTURE = path.resolve('test', 'fixtures', 'emnist');

describe('an exported dataset', () => {
  const folder = temporaryFolder();
  const out = () => path.join(folder.path, 'out');

  it("in CNTK's text format has a line a sample", async () => {
    await folder.file('d/train.csv', '2,0,1,2,255\n0,9,8,7,6\n');
    await importDataset(`${folder.path}/d`, { name: 'd', characters: 'abc' }, folder.store);
    assert.equal(await exportDataset(await folder.store.open('d'), { format: 'ctf', out: out() }), 2);
    assert.equal(
      await readFile(path.join(out(), 'train.ctf'), 'utf8'),
      '|labels 0 0 1 |features 0 1 2 255\n|labels 1 0 0 |features 9 8 7 6\n',
    );
    assert.equal(await readFile(path.join(out(), 'classes.txt'), 'utf8'), 'a\ta\nb\tb\nc\tc\n');
  });

  for (const format of ['idx', 'png'] as const) {
    it(`as ${format} is the same when it is imported again`, async () => {
      const dataset = await openDataset(FIXTURE);
      assert.equal(await exportDataset(dataset, { format, out: out(), split: 'test' }), 86);
      await importDataset(out(), { name: 'again', size: 'keep', pen: 'light' }, folder.store);
      const again = await folder.store.open('again');
      const own = (await dataset.load('test')) as ImageSamples;
      const read = (await again.load('test')) as ImageSamples;
      const bag = ({ pixels, labels }: ImageSamples, classes: readonly string[]) =>
        Array.from(
          labels,
          (label, i) =>
            `${classes[label] ?? ''} ${Buffer.from(pixels.subarray(784 * i, 784 * (i + 1))).toString('base64')}`,
        ).sort();
      assert.deepEqual(bag(read, again.classes), bag(own, dataset.classes));
      if (format === 'idx')
        assert.deepEqual([again.classes, again.covers], [dataset.classes, dataset.covers]);
    });
  }

  it('as InkML is the same when it is imported again', async () => {
    const file = await folder.file(
      'i.jsonl',
      '{"label":"<","writer":"w","strokes":[[[0,0,1],[1.5,1,2]],[[3,3,9]]]}\n{"label":"b","strokes":[[[0,0],[1,1]]]}\n',
    );
    const dataset = await openDataset(file);
    await exportDataset(dataset, { format: 'inkml', out: out() });
    await importDataset(out(), { name: 'again' }, folder.store);
    const read = (await (await folder.store.open('again')).load('all')) as InkSamples;
    const own = (await dataset.load('all')) as InkSamples;
    const xy = ({ inks }: InkSamples) =>
      inks.map((ink) => ink.map((stroke) => stroke.map(([x, y]) => [x, y])));
    assert.deepEqual([xy(read), read.labels, read.writers], [xy(own), own.labels, own.writers]);
  });

  it('as ink keeps its splits when it is imported again, or opened as it is', async () => {
    const line = (label: string, at: number) =>
      JSON.stringify({
        label,
        strokes: [
          [
            [0, 0],
            [at, 1],
          ],
        ],
      });
    const lines = (...labels: string[]) => `${labels.map((label, at) => line(label, at + 1)).join('\n')}\n`;
    await folder.file('s/train.jsonl', lines('a', 'b', 'c'));
    await folder.file('s/validation.jsonl', lines('b'));
    await folder.file('s/test.jsonl', lines('c', 'a'));
    await importDataset(path.join(folder.path, 's'), { name: 'first' }, folder.store);
    const first = await folder.store.open('first');
    const counts = async (dataset: Dataset) =>
      Promise.all(dataset.officialSplits.map(async (split) => [split, await labelsOf(dataset, split)]));
    const wanted = [
      ['train', 'abc'],
      ['validation', 'b'],
      ['test', 'ca'],
    ];
    assert.deepEqual(await counts(first), wanted);
    for (const format of ['inkml', 'jsonl'] as const) {
      const to = path.join(folder.path, format);
      await exportDataset(first, { format, out: to });
      await importDataset(to, { name: format }, folder.store);
      assert.deepEqual(await counts(await folder.store.open(format)), wanted, format);
      assert.deepEqual(await counts(await openDataset(to)), wanted, format);
    }
    // files of any other name say nothing of the whole
    await folder.file('s/more.jsonl', lines('a'));
    await importDataset(path.join(folder.path, 's'), { name: 'more' }, folder.store);
    assert.equal(await labelsOf(await folder.store.open('more'), 'all'), 'aaabbcc');
    assert.deepEqual((await folder.store.open('more')).officialSplits, []);
  });

  async function labelsOf(dataset: Dataset, split: Split): Promise<string> {
    const names = Array.from((await dataset.load(split)).labels, (label) => dataset.classes[label] ?? '');
    return split === 'all' ? names.sort().join('') : names.join('');
  }

  /** How many samples there are of each format, some dozen batches of them. */
  const MANY: Record<ExportFormat, number> = {
    ctf: 10_000,
    idx: 10_000,
    png: 300,
    inkml: 20_000,
    jsonl: 20_000,
  };
  for (const format of EXPORT_FORMATS) {
    it(`as ${format} has few of its batches in memory at a time`, async () => {
      const labels = new Uint16Array(MANY[format]);
      const { counted, live } = countLive();
      const kind = format === 'inkml' || format === 'jsonl' ? 'ink' : 'images';
      const batches = async function* (size: number): AsyncGenerator<Samples> {
        for (let from = 0; from < labels.length; from += size) {
          yield counted(batchOf(kind, labels.subarray(from, from + size)));
          await live();
        }
      };
      const split = { kind, height: 1, width: 1, labels, batches } as const;
      const classes = ['a'];
      const dataset: Dataset = {
        id: 'x',
        classes,
        covers: classes,
        officialSplits: [],
        problems: [],
        load: () => assert.fail('all of it is read'),
      };
      const written = await exportDataset(dataset, { format, out: out() }, () => Promise.resolve(split));
      assert.equal(written, labels.length);
      const { made, most } = await live();
      assert.ok(made > 30 && most <= 3, `${String(most)} of ${String(made)}`);
    });
  }

  it('is whole or absent', async () => {
    const dataset = await openDataset(FIXTURE);
    await refused(exportDataset(dataset, { format: 'inkml', out: out() }), /pictures and no ink/);
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await assert.rejects(
      exportDataset(dataset, { format: 'png', out: out(), signal: stop.signal }),
      /enough/,
    );
    assert.deepEqual(await readdir(folder.path), []);
    await folder.file('out/mine', '');
    await refused(exportDataset(dataset, { format: 'idx', out: out() }), /is there already/);
    await refused(
      exportDataset(dataset, { format: 'idx', out: path.join(out(), 'mine', 'x') }),
      /cannot be written/,
    );
  });
});

function batchOf(kind: Samples['kind'], labels: Uint16Array): Samples {
  if (kind === 'images') return { kind, height: 1, width: 1, labels, pixels: new Uint8Array(labels.length) };
  const inks = Array.from(labels, () => [[[0, 0] as const]]);
  return { kind, labels, inks, penWidths: [], writers: [] };
}

/** Looks now and then how many of the things that it was told of are in memory still. */
function countLive() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const made: WeakRef<object>[] = [];
  let most = 0;
  const counted = <T extends object>(thing: T): T => {
    made.push(new WeakRef(thing));
    return thing;
  };
  const live = async () => {
    if (made.length % 10 === 0) {
      // what was made or looked at stays in memory until the event loop goes on
      await setImmediate();
      collect();
      most = Math.max(most, made.filter((each) => each.deref() !== undefined).length);
    }
    return { made: made.length, most };
  };
  return { counted, live };
}
