import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import sharp from 'sharp';
import { largestOf, lengthOf, smallestOf } from '../../../../src/base/vectors';
import type { FileSource } from '../../../../src/datasets/files';
import { openSource, importDataset } from '../../../../src/datasets/import/importDataset';
import { classesOfFolders } from '../../../../src/datasets/import/folderClasses';
import { mapLabels } from '../../../../src/datasets/import/labelMapping';
import { PictureBudget } from '../../../../src/datasets/import/pictureBudget';
import { openLocation } from '../../../../src/datasets/import/location';
import type { ImageSamples } from '../../../../src/datasets/samples';
import { PictureRoom } from '../../../../src/pictures/pictureRoom';
import { barFile, nothingStored, refused, temporaryFolder, zipOf } from './temporary';

/** Files that are names alone. */
function named(
  names: readonly string[],
  content: (name: string) => Buffer = () => Buffer.alloc(0),
): FileSource {
  return {
    location: 'x',
    names,
    problems: [],
    read: (name) => Promise.resolve(content(name)),
    stream: async function* (name) {
      yield await Promise.resolve(content(name));
    },
    close: () => undefined,
  };
}

describe('memory and time of an import', () => {
  const folder = temporaryFolder();

  it('are bounded by what pictures take on the disk', async () => {
    // blank, and thus some kilobytes
    const large = await sharp({ create: { width: 3000, height: 3000, channels: 3, background: 'white' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const pictures = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`upper-A/${String(at)}.png`, large] as const),
    );
    const file = await folder.file('p.zip', await zipOf(pictures));
    await refused(
      importDataset(file, { name: 'x' }, folder.store),
      /p\.zip has pictures of \d+ million pixels in \d+ kB, which no handwriting takes/,
    );
    await nothingStored(folder.store);
    const budget = new PictureBudget('x');
    // a thousand photographs
    for (let at = 0; at < 1000; at++) budget.take(12e6, 2e6);
    assert.throws(() => {
      for (let at = 0; at < 10; at++) budget.take(100e6, 8000);
      for (let at = 0; at < 100_000; at++) budget.take(100e6, 8000);
    });
  });

  it('hold few large pictures at a time', async () => {
    const room = new PictureRoom(100);
    let [used, most] = [0, 0];
    const work = (pixels: number) =>
      room.with(pixels, async () => {
        most = Math.max(most, (used += pixels));
        await new Promise(setImmediate);
        used -= pixels;
      });
    await Promise.all([60, 60, 30, 500, 10, 90].map(work));
    assert.equal(most, 500);
    most = 0;
    await Promise.all([60, 60, 30, 10, 90].map(work));
    assert.ok(most <= 100, String(most));
  });

  it('are bounded where little unpacks to much', async () => {
    const blanks = gzipSync(Buffer.alloc(300 * 2 ** 20, ' '));
    await refused(
      importDataset(await folder.file('a.jsonl.gz', blanks), { name: 'x' }, folder.store),
      /unpacks to more than 200 times what it takes/,
    );
    const zip = await zipOf({ 'a.jsonl': Buffer.alloc(100 * 2 ** 20, ' ') });
    await refused(
      importDataset(await folder.file('b.zip', zip), { name: 'x' }, folder.store),
      /unpacks to more than 200 times/,
    );
  });

  it('have some megabytes of pixels of IDX files and tables in hand, whatever their size', async () => {
    const side = 1024;
    const header = Buffer.from([0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 4, 0, 0, 0, 4, 0]);
    await folder.file('i/images', Buffer.concat([header, Buffer.alloc(40 * side * side)]));
    await folder.file('i/labels', Buffer.concat([Buffer.from([0, 0, 8, 1, 0, 0, 0, 40]), Buffer.alloc(40)]));
    const source = await openSource(await openLocation(path.join(folder.path, 'i')), undefined, {});
    let count = 0;
    for (const { batches } of source.splits) {
      for await (const batch of batches) {
        const { pixels, labels } = batch as ImageSamples;
        assert.ok(pixels.length <= 8 * 2 ** 20, String(pixels.length));
        count += labels.length;
      }
    }
    assert.equal(count, 40);
  });

  it('do not grow with the square of a line', async () => {
    const blanks = ' '.repeat(200_000);
    await folder.file('d/1.png', await barFile('png'));
    await folder.file('d/2.png', await barFile('png'));
    await folder.file('d/labels.txt', `1.png${blanks}A\n2.png${blanks}B${blanks}\n${blanks}\n`);
    const read = await importDataset(path.join(folder.path, 'd'), { name: 'd' }, folder.store);
    assert.deepEqual(read.manifest.classes, ['A', 'B']);
    await folder.store.remove('d');
    await folder.file('d/labels.txt', `file,${blanks}${blanks}label\n1.png,A\n2.png,B\n`);
    assert.deepEqual(
      (await importDataset(path.join(folder.path, 'd'), { name: 'd' }, folder.store)).manifest.classes,
      ['A', 'B'],
    );
  });

  const tables: Record<string, readonly [name: string, table: string, refusal: RegExp]> = {
    rows: ['labels.csv', `0.png,A\n${'1.png,B\n'.repeat(500_000)}`, /over half a million rows: split/],
    'rows with blanks': ['t.txt', `0.png A\n${'1.png B\n'.repeat(500_000)}`, /over half a million rows/],
    cells: [
      't.csv',
      `0.png,A\n1.png,B\n${`2.png,B${',x'.repeat(998)}\n`.repeat(8001)}`,
      /over eight million cells/,
    ],
    'lines of JSON': [
      't.jsonl',
      `{"file":"0.png","label":"A"}\n${'{"file":"1.png","label":"B"}\n'.repeat(500_000)}`,
      /over half a million rows/,
    ],
    'columns of JSON': [
      't.json',
      `[{"file":"0.png","label":"A"},{"file":"1.png","label":"B"},${Array.from({ length: 90 }, (_, at) => `{"c${String(at)}":"x"}`).join()}${',{"c0":"x"}'.repeat(100_000)}]`,
      /over eight million cells/,
    ],
  };
  for (const [what, [name, table, refusal]] of Object.entries(tables)) {
    it(`are bounded by what a table of labels has of ${what}`, async () => {
      for (const each of ['0.png', '1.png', '2.png']) await folder.file(`t/${each}`, await barFile('png'));
      await folder.file(`t/${name}`, table);
      await refused(importDataset(path.join(folder.path, 't'), { name: 't' }, folder.store), refusal);
    });
  }

  it('are bounded by what a cell, an ARFF file and a drawing hold', async () => {
    const row = (pixels: number) => `A,"${'0 '.repeat(pixels)}"\n`;
    for (const [name, content, refusal] of [
      ['cell.csv', `label,pixels\n${row(2 ** 20 + 1)}`, /more numbers in a cell than any picture has pixels/],
      ['x.arff', `@relation x\n${'@attribute a real\n'.repeat(2 ** 20 + 1)}@data\n`, /more attributes than/],
      [
        'x.jsonl',
        `{"label":"a","strokes":[[${'[1,2],'.repeat(1_400_000)}[1,2]]]}`,
        /Line 1 has over 8 MiB, more than any drawing: split it into several\./,
      ],
      [
        'x.inkml',
        `<ink><traceGroup><annotation type="truth">a</annotation><trace>${'1 '.repeat(1001)}</trace></traceGroup></ink>`,
        /trace that is not a list of X Y coordinates/,
      ],
    ] as const) {
      await refused(importDataset(await folder.file(name, content), { name: 'x' }, folder.store), refusal);
    }
    await nothingStored(folder.store);
  });

  it('take any number of files and labels', async () => {
    const numbered = Array.from({ length: 130_000 }, (_, at) => `${String(at % 10_000)}/${String(at)}.png`);
    assert.throws(() => classesOfFolders(numbered, 'auto', undefined), /numbered up to 9999/);
    const labels = new Set(Array.from({ length: 200_000 }, (_, at) => String(at)));
    assert.throws(() => mapLabels(labels, { name: 'x' }), /go up to 199999/);
    const rows = Array.from({ length: 66_000 }, (_, at) => `${String(at)}.png,w${String(at)}`).join('\n');
    const files = [...Array.from({ length: 66_000 }, (_, at) => `${String(at)}.png`), 'labels.csv'];
    const source = await openSource(
      named(files, () => Buffer.from(rows)),
      undefined,
      {},
    );
    await refused(
      folder.store.write('x', { ...source, name: 'x', source: 'x' }, source.splits),
      /66,000 different labels, and a dataset holds 65,536 classes/,
    );
    const many = Array.from({ length: 200_000 }, (_, at) => at - 100_000);
    assert.deepEqual([largestOf(many), smallestOf(many), largestOf([], 0)], [99_999, -100_000, 0]);
    assert.equal(lengthOf([3, 4]), 5);
  });

  it('take words that programs have a meaning for as what they are', async () => {
    const words = ['constructor', '__proto__', 'toString', 'valueOf'];
    for (const word of words) await folder.file(`w/${word}/1.png`, await barFile('png'));
    await refused(importDataset(path.join(folder.path, 'w'), { name: 'w' }, folder.store), /has a class/);
    const { manifest } = await importDataset(
      path.join(folder.path, 'w'),
      { name: 'w', names: 'text' },
      folder.store,
    );
    assert.deepEqual(manifest.classes, [...words].sort());
    const lines = words.map((label) => JSON.stringify({ label, strokes: [[[0, 0]]] })).join('\n');
    const ink = await importDataset(await folder.file('c.jsonl', lines), { name: 'c' }, folder.store);
    assert.deepEqual(ink.manifest.classes, [...words].sort());
    const inkml = words.map(
      (label) => `<traceGroup><annotation type="truth">${label}</annotation><trace>0 0</trace></traceGroup>`,
    );
    await folder.file('i/a.inkml', `<ink>${inkml.join('')}</ink>`);
    const read = await importDataset(path.join(folder.path, 'i'), { name: 'i' }, folder.store);
    assert.deepEqual(read.manifest.classes, [...words].sort());
  });
});
