import assert from 'node:assert/strict';
import { encode } from 'bmp-ts';
import sharp from 'sharp';
import { openFiles } from '../../../../src/datasets/files';
import { classOfName, folderNameOf } from '../../../../src/datasets/import/className';
import { previewImageFolder } from '../../../../src/datasets/import/imageFolder';
import { idOf, importDataset } from '../../../../src/datasets/import/importDataset';
import { filePattern, guessPattern } from '../../../../src/datasets/import/namePattern';
import { readPicture } from '../../../../src/pictures/readPicture';
import type { ImageSamples } from '../../../../src/datasets/samples';
import { bar, barFile, nothingStored, refused, temporaryFolder, zipOf } from './temporary';

/** How much ink a 28x28 picture of an upright bar has in its middle columns and at its sides. */
function middleAndSides(pixels: Uint8Array): [number, number] {
  let [middle, sides] = [0, 0];
  pixels.forEach((value, i) => {
    if (Math.abs((i % 28) - 13.5) < 3) middle += value;
    else if (Math.abs((i % 28) - 13.5) > 6) sides += value;
  });
  return [middle, sides];
}

const isBar = (pixels: Uint8Array) => {
  const [middle, sides] = middleAndSides(pixels);
  assert.ok(middle > 10_000 && sides < 500, `${String(middle)} in the middle, ${String(sides)} at the sides`);
};

async function bmp(): Promise<Buffer> {
  const gray = bar(40, 0.5, 20, 230);
  const data = Buffer.alloc(gray.length * 4);
  gray.forEach((value, i) => data.set([255, value, value, value], 4 * i));
  return Promise.resolve(encode({ width: 40, height: 40, data, bitPP: 24 }).data);
}

describe('names of classes', () => {
  it('are read in every form, and written so that they read back', () => {
    const read = (name: string) => classOfName(name, 'auto');
    assert.deepEqual(
      ['A', 'upper-A', 'lower-a', 'lower_A', 'digit-0', 'U+0041', 'U+2211', 'Sample011', '∑'].map(read),
      ['A', 'A', 'a', 'a', '0', 'A', '∑', 'A', '∑'],
    );
    assert.deepEqual(['', 'ab', 'U+0000', 'U+D800', 'Sample099', '41'].map(read), Array(6).fill(undefined));
    assert.deepEqual(
      ['41', '4a', '0x2b', '07', 'hsf_0', 'train_4a'].map((name) => classOfName(name, 'hex')),
      ['A', 'J', '+', undefined, undefined, undefined],
    );
    assert.equal(classOfName('plus sign', 'text'), 'plus sign');
    const classes = ['A', 'a', '0', '/', '.', 'sin', '∑', '𝄞', '\\'];
    assert.deepEqual(
      classes.map((name) => classOfName(folderNameOf(name), 'auto')),
      classes,
    );
    assert.equal(new Set(classes.map((name) => folderNameOf(name).toLowerCase())).size, classes.length);
  });

  it('are found in file names by a preset, by a guess or by an expression', () => {
    assert.equal(filePattern('chars74k', 'auto')('img011-003'), 'A');
    assert.equal(filePattern('^\\d+_(?<class>.)_', 'auto')('12_q_48x48'), 'q');
    assert.equal(filePattern('_([0-9a-f]{2})$', 'hex')('x_41'), 'A');
    assert.equal(guessPattern(['A_1', 'A_2', 'B_1'])?.('B_1'), 'B');
    assert.equal(guessPattern(['1_A', '2_A', '1_B'])?.('1_B'), 'B');
    assert.equal(guessPattern(['one', 'two']), undefined);
    assert.throws(() => guessPattern(['a_b', 'c_d']), /--pattern first/);
    assert.throws(() => filePattern('(', 'auto'), /no regular expression/);
    assert.throws(() => filePattern('^._', 'auto'), /has no group/);
  });
});

describe('an image folder', () => {
  const folder = temporaryFolder();

  it('has a class a folder, in every format, and lists what cannot be read', async () => {
    await folder.file('scans/upper-A/1.png', await barFile('png'));
    await folder.file('scans/upper-A/2.jpg', await barFile('jpeg'));
    await folder.file('scans/lower-a/1.webp', await barFile('webp'));
    await folder.file('scans/lower-a/2.tiff', await barFile('tiff', 90));
    await folder.file('scans/U+002B/1.bmp', await bmp());
    await folder.file('scans/U+002B/light.png', await barFile('png', 40, 240, 30));
    await folder.file('scans/U+002B/empty.png', Buffer.alloc(0));
    await folder.file('scans/U+002B/blank.png', await barFile('png', 40, 200, 200));
    await folder.file('scans/U+002B/.DS_Store', 'junk');
    await folder.file('scans/drafts/1.png', await barFile('png'));
    const { manifest, problems } = await importDataset(
      `${folder.path}/scans`,
      { name: 'My scans' },
      folder.store,
    );
    assert.equal(manifest.id, 'my-scans');
    assert.deepEqual(manifest.classes, ['+', 'A', 'a']);
    assert.deepEqual(manifest.counts, { all: [2, 2, 2] });
    assert.equal(problems.length, 3);
    assert.match(problems.join('\n'), /"drafts", whose name is no class/);
    assert.match(problems.join('\n'), /empty\.png is not a picture/);
    assert.match(problems.join('\n'), /blank\.png: The picture shows no character/);
    const { pixels } = (await (await folder.store.open('my-scans')).load('all')) as ImageSamples;
    for (let at = 0; at < 6; at++) isBar(pixels.subarray(at * 784, (at + 1) * 784));
  });

  it('keeps splits and code points as NIST names them', async () => {
    for (const split of ['train', 'test'])
      for (const code of ['41', '4a'])
        await folder.file(`nist/${split}/${code}/hsf_0/1.png`, await barFile('png'));
    const { manifest } = await importDataset(
      `${folder.path}/nist`,
      { name: 'nist', names: 'hex' },
      folder.store,
    );
    assert.deepEqual(
      [manifest.classes, manifest.officialSplits],
      [
        ['A', 'J'],
        ['train', 'test'],
      ],
    );
  });

  it('has its classes in file names of 48x48 pictures, whose size stays', async () => {
    for (const name of ['A_001', 'A_002', 'B_001'])
      await folder.file(`48/${name}.png`, await barFile('png', 48));
    await folder.file('48/B_002.png', await barFile('png', 50));
    const { manifest, problems } = await importDataset(
      `${folder.path}/48`,
      { name: '48', size: 'keep' },
      folder.store,
    );
    assert.deepEqual([manifest.height, manifest.width, manifest.counts], [48, 48, { all: [2, 1] }]);
    assert.match(problems[0] ?? '', /B_002\.png is 50x50 and the first is 48x48/);
    const { pixels } = (await (await folder.store.open('48')).load('all')) as ImageSamples;
    assert.deepEqual([pixels[0], pixels[24 * 48 + 24]], [25, 235]);
  });

  it('has its classes in a table, in a zip archive', async () => {
    const png = await barFile('png');
    const table = '\uFEFFimage,label\nImg/1.png,A\n"Img/2.png","+"\nImg/3.png,nonsense\nImg/4.png,B\n';
    const zip = {
      'english.csv': Buffer.from(table),
      'Img/1.png': png,
      'Img/2.png': png,
      'Img/3.png': png,
      'Img/9.png': png,
    };
    const file = await folder.file('e.zip', await zipOf(zip));
    const { manifest, problems } = await importDataset(file, { name: 'table' }, folder.store);
    assert.deepEqual([manifest.classes, manifest.counts], [['+', 'A'], { all: [1, 1] }]);
    assert.deepEqual(problems, [
      'english.csv line 4 has the label "nonsense", which is no class (use --names text to take it as it is)',
      'english.csv line 5 names Img/4.png, which is not there',
      'a picture without a row in english.csv',
    ]);
  });

  it('has a table whose quoted cells hold separators, quotes and line breaks', async () => {
    for (const name of ['1', '2', '3']) await folder.file(`quoted/${name}.png`, await barFile('png'));
    const rows = [
      'file,note,label',
      '1.png,"two\r\nlines, ""x""",A',
      '',
      '2.png,,","',
      '3.png,"""",no class',
    ];
    await folder.file('quoted/labels.csv', rows.join('\r\n'));
    const read = await importDataset(`${folder.path}/quoted`, { name: 'quoted' }, folder.store);
    assert.deepEqual(read.manifest.classes, [',', 'A']);
    assert.match(read.problems[0] ?? '', /^labels\.csv line 6 has the label "no class"/);
  });

  it('makes ids of names in any script', () => {
    assert.equal(idOf('My scans (2)'), 'my-scans-2');
    assert.match(idOf('漢字'), /^dataset-[0-9a-f]{8}$/);
    assert.notEqual(idOf('漢字'), idOf('仮名'));
  });

  it('refuses what gives nothing, in one sentence, and stores nothing', async () => {
    const { store } = folder;
    const name = 'x';
    await folder.file('words/apple/1.png', await barFile('png'));
    await refused(importDataset(`${folder.path}/words`, { name }, store), /No picture in .* has a class/);
    await folder.file('empty/A/1.png', Buffer.alloc(0));
    await refused(importDataset(`${folder.path}/empty`, { name }, store), /holds no samples/);
    await refused(importDataset(`${folder.path}/empty`, { name, size: 'keep' }, store), /not a picture/);
    await folder.file('t/labels.csv', '1.png\n');
    await folder.file('t/1.png', await barFile('png'));
    await refused(importDataset(`${folder.path}/t`, { name }, store), /line 1 has no file and label/);
    await refused(importDataset(`${folder.path}/t`, { name, table: 'l.csv' }, store), /has no l\.csv/);
    await folder.file('t/open.csv', 'file,label\n1.png,"A\n2.png,B\n');
    const open = importDataset(`${folder.path}/t`, { name, table: 'open.csv' }, store);
    await refused(open, /open\.csv line 2 has a quote that does not end/);
    await refused(importDataset(`${folder.path}/nowhere`, { name }, store), /nothing at/);
    await refused(importDataset(`${folder.path}/t`, { name: '…' }, store), /no letter or digit/);
    const zip = await zipOf({ 'aa/1.png': await barFile('png') });
    const hostile = Buffer.from(zip.toString('latin1').replaceAll('aa/1.png', '../1.png'), 'latin1');
    const file = await folder.file('hostile.zip', hostile);
    await refused(importDataset(file, { name }, store), /leads out of it/);
    await nothingStored(store);
  });

  it('ends when it is told to, and nothing half-written remains', async () => {
    for (let i = 0; i < 9; i++) await folder.file(`many/A/${String(i)}.png`, await barFile('png'));
    const stop = new AbortController();
    const reason = new Error('enough');
    const work = importDataset(
      `${folder.path}/many`,
      {
        name: 'many',
        signal: stop.signal,
        onProgress: () => {
          stop.abort(reason);
        },
      },
      folder.store,
    );
    await assert.rejects(work, reason);
    await nothingStored(folder.store);
  });

  it('keeps strokes that fade where the threshold follows the pen', async () => {
    const side = 64;
    // an H whose right stroke is faint
    const picture = Uint8Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [i % side, Math.floor(i / side)];
      if (y < 10 || y > 53 || x < 12 || x > 51) return 230;
      if (x < 18) return 20;
      return x > 45 ? 180 : Math.abs(y - 32) < 3 ? 20 + 3 * Math.max(0, x - 18) : 230;
    });
    const raw = { width: side, height: side, channels: 1 as const };
    await folder.file('p/H/1.png', await sharp(picture, { raw }).png().toBuffer());
    const faint = async (threshold: 'otsu' | 'local') => {
      await importDataset(`${folder.path}/p`, { name: threshold, threshold }, folder.store);
      const { pixels } = (await (await folder.store.open(threshold)).load('all')) as ImageSamples;
      // the right stroke's ends, in the corners
      return pixels
        .filter((_, i) => i % 28 > 18 && Math.abs(Math.floor(i / 28) - 13.5) > 6)
        .reduce((a, b) => a + b, 0);
    };
    const [one, local] = [await faint('otsu'), await faint('local')];
    assert.ok(
      local > 5000 && one < local / 2,
      `${String(one)} with one threshold, ${String(local)} with many`,
    );
  });

  it('shows before and after of a sample of its files', async () => {
    await folder.file('p/A/1.png', await barFile('png'));
    await folder.file('p/A/2.png', Buffer.from('no picture'));
    await folder.file('p/B/1.png', await barFile('png'));
    const { pictures, total } = await previewImageFolder(await openFiles(`${folder.path}/p`), {}, 10);
    assert.equal(total, 3);
    assert.deepEqual(
      pictures.map(({ name, label }) => [name, label]),
      [
        ['A/1.png', 'A'],
        ['A/2.png', 'A'],
        ['B/1.png', 'B'],
      ],
    );
    assert.deepEqual([pictures[0]?.original?.width, pictures[0]?.original?.pixels[0]], [40, 230]);
    isBar(pictures[0]?.result?.pixels ?? new Uint8Array());
    assert.match(pictures[1]?.problem ?? '', /not a picture/);
  });
});

describe('a picture', () => {
  const side = 40;
  const withAlpha = (gray: number) => {
    const shape = bar(side, 0.5, 255, 0);
    const data = Buffer.alloc(side * side * 4);
    shape.forEach((alpha, i) => data.set([gray, gray, gray, alpha], 4 * i));
    return sharp(data, { raw: { width: side, height: side, channels: 4 } })
      .png()
      .toBuffer();
  };

  it('with alpha lies on what its pen is seen on', async () => {
    const dark = await readPicture(await withAlpha(0));
    assert.deepEqual([dark.pixels[0], dark.pixels[20 * side + 20]], [255, 0]);
    const light = await readPicture(await withAlpha(255));
    assert.deepEqual([light.pixels[0], light.pixels[20 * side + 20]], [0, 255]);
  });

  it('of too many pixels is refused before it is unpacked', async () => {
    const header = await sharp(bar(4, 0.5, 0, 255), { raw: { width: 4, height: 4, channels: 1 } })
      .png()
      .toBuffer();
    header.writeUInt32BE(20_000, 16);
    header.writeUInt32BE(20_000, 20);
    // the checksum of the header is made to fit, or it is merely damaged
    const { crc32 } = (await import('node:zlib')) as unknown as { crc32?: (bytes: Buffer) => number };
    if (crc32) header.writeUInt32BE(crc32(header.subarray(12, 29)) >>> 0, 29);
    await refused(readPicture(header, 'a.png'), /^a\.png (has over 100 million pixels|is not a picture)/);
    const huge = await bmp();
    huge.writeInt32LE(20_000, 18);
    huge.writeInt32LE(20_000, 22);
    await refused(readPicture(huge, 'b.bmp'), /^b\.bmp has over 40 million pixels/);
    await refused(readPicture((await bmp()).subarray(0, 60), 'c.bmp'), /^c\.bmp is not a picture/);
    await refused(readPicture(Buffer.alloc(0), 'd.png'), /^d\.png is not a picture/);
  });
});
