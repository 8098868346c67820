import assert from 'node:assert/strict';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { usualMapping } from '../../../../src/datasets/formats/emnist';
import { classOfName } from '../../../../src/datasets/import/className';
import { importDataset, type ImportOptions } from '../../../../src/datasets/import/importDataset';
import type { ImageSamples } from '../../../../src/datasets/samples';
import { barFile, refused, temporaryFolder, zipOf } from './temporary';

const FIXTURE = path.resolve('test', 'fixtures', 'emnist');

describe('data as people have it', () => {
  const folder = temporaryFolder();

  async function fill(files: Record<string, string | Buffer>): Promise<void> {
    for (const [name, content] of Object.entries(files)) await folder.file(`d/${name}`, content);
  }

  async function imported(options: Partial<ImportOptions> = {}, location = 'd') {
    const { manifest, problems } = await importDataset(
      path.join(folder.path, location),
      { name: 'd', ...options },
      folder.store,
    );
    return { classes: manifest.classes, counts: manifest.counts, problems };
  }

  const pictures = async (names: readonly string[]) => {
    const picture = await barFile('png');
    await fill(Object.fromEntries(names.map((name) => [name, picture])));
  };

  it('names classes in many ways', () => {
    const said: Record<string, string> = {
      A_upper: 'A',
      a_caps: 'A',
      A_small: 'a',
      bLower: 'b',
      'uppercase q': 'Q',
      q_U: 'Q',
      q_l: 'q',
      u0041: 'A',
      'U+4e00': '一',
      '0x2b': '+',
      ascii_124: '|',
      sample_001: '0',
      plus: '+',
      'Question Mark': '?',
      forward_slash: '/',
      'dollar-sign': '$',
      alpha: 'α',
      Delta: 'Δ',
      times: '×',
      infty: '∞',
    };
    assert.deepEqual(
      Object.fromEntries(Object.keys(said).map((name) => [name, classOfName(name, 'auto')])),
      said,
    );
    for (const name of ['cat', 'hsf_0', '41', 'mark', 'train'])
      assert.equal(classOfName(name, 'auto'), undefined);
  });

  it('lies deep in folders with spaces, among what systems leave there', async () => {
    await pictures(['My scans (2)/Ana Núñez/Ä/scan 1.PNG', 'My scans (2)/Ana Núñez/n\u0303/Scan_2.PNG']);
    await fill({
      '.DS_Store': 'x',
      '__MACOSX/._1.png': 'x',
      'My scans (2)/Thumbs.db': 'x',
      'My scans (2)/notes.txt': 'x',
      'My scans (2)/Ana Núñez/Ä/.hidden.png': 'x',
    });
    assert.deepEqual(await imported(), { classes: ['Ä', 'ñ'].sort(), counts: { all: [1, 1] }, problems: [] });
  });

  it("has NIST's folders of code points, known by the letters in them", async () => {
    await pictures([
      'by_class/41/train_41/x_00.png',
      'by_class/4a/hsf_0/x_01.png',
      'by_class/30/hsf_4/x_02.png',
    ]);
    assert.deepEqual((await imported()).classes, ['0', 'A', 'J']);
  });

  it('has numbered folders, which are classes only where it is said of what', async () => {
    await pictures(['0/a.png', '9/a.png', '10/a.png']);
    await refused(imported(), /numbered up to 10: say .*--classes/);
    await refused(imported({ characters: '0123456789' }), /numbered up to 10/);
    assert.deepEqual((await imported({ characters: '0123456789A' })).classes, ['0', '9', 'A']);
  });

  it('has folders for writers below its classes', async () => {
    await pictures(['A/1/a.png', 'A/12/a.png', 'B/1/a.png', 'B/12/a.png']);
    assert.deepEqual(await imported(), { classes: ['A', 'B'], counts: { all: [2, 2] }, problems: [] });
  });

  it('has labels that are empty, in JSON Lines and in Chars74K: these are left out, and said', async () => {
    const line = (label: string) => `{"label":"${label}","strokes":[[[0,0],[5,9]]]}\n`;
    await folder.file('l/x.jsonl', line('') + line('b') + line(' '));
    const lines = await imported({}, 'l');
    assert.deepEqual(lines.classes, ['b']);
    assert.deepEqual(lines.problems, ['2 drawings whose label is empty']);
    await folder.store.verify('d');
    await folder.store.remove('d');
    await folder.file('c/x.json', '{"A":[[[[1,2],[3,4]]]],"":[[[[1,2],[3,4]]]]}');
    const drawings = await imported({}, 'c');
    assert.deepEqual(drawings, {
      classes: ['A'],
      counts: { all: [1] },
      problems: ['a drawing whose label is empty'],
    });
    await folder.store.remove('d');
    await folder.file('n/x.jsonl', line(''));
    await refused(imported({}, 'n'), /holds no labeled ink: check the file/);
  });

  it('is given a name, which is refused where it is too long to be stored', async () => {
    await pictures(['A/1.png']);
    await refused(
      imported({ name: 'x'.repeat(101) }),
      /The name has 101 characters: choose one of at most 100/,
    );
    await imported({ name: 'x'.repeat(100) });
    assert.equal((await folder.store.find('x'.repeat(64)))?.state, 'ready');
  });

  it('takes no file name for a class that is the same everywhere, nor the first digit of a number', async () => {
    await pictures(['cat/x_1.png', 'dog/x_1.png']);
    await refused(imported(), /neither a folder nor a file name says one/);
    await folder.file('n/000001_num5.png', await barFile('png'));
    await refused(imported({}, 'n'), /neither a folder nor a file name says one/);
    await folder.file('m/char_A_001.png', await barFile('png'));
    await refused(imported({}, 'm'), /neither a folder nor a file name says one/);
    await folder.file('m/char_B_001.png', await barFile('png'));
    assert.deepEqual((await imported({}, 'm')).classes, ['A', 'B']);
  });

  it('has a table with spaces, in the letters of Windows, or one for each split', async () => {
    await pictures(['0.png', 'my 1.png']);
    await fill({ 'labels.txt': '0.png A\r\nmy 1.png B\r\n' });
    assert.deepEqual((await imported()).classes, ['A', 'B']);
    await folder.store.remove('d');
    await fill({ 'labels.txt': Buffer.from('\uFEFFfile\tlabel\r\n0.png\tß\r\nmy 1.png\tB\r\n', 'utf16le') });
    assert.deepEqual((await imported()).classes, ['B', 'ß']);
    const picture = await barFile('png');
    for (const split of ['train', 'test']) {
      await folder.file(`s/${split}/0.png`, picture);
      await folder.file(
        `s/${split}_labels.csv`,
        `id,filename,label\n7,0.png,${split === 'train' ? 'A' : 'B'}\n`,
      );
    }
    await folder.file('s/classes.csv', 'number,color\n1,red\n');
    const { counts } = await imported({ name: 's' }, 's');
    assert.deepEqual(counts, { test: [0, 1], train: [1, 0] });
  });

  it('is pictures of every make, each upright', async () => {
    const upright = await barFile('jpeg', 60);
    const raw = sharp(await barFile('png', 60));
    const onItsSide = await sharp(await sharp(upright).rotate(-90).toBuffer())
      .withMetadata({ orientation: 6 })
      .toBuffer();
    await fill({
      'l/1.jpg': onItsSide,
      'l/2.JPEG': await raw.clone().toColourspace('cmyk').jpeg().toBuffer(),
      'l/3.png': await raw.clone().toColourspace('gray16').png().toBuffer(),
      'l/4.png': await raw.clone().png({ palette: true, colors: 2 }).toBuffer(),
      'l/5.tif': await raw.clone().tiff({ compression: 'lzw' }).toBuffer(),
      'l/named wrongly.png': upright,
    });
    assert.deepEqual((await imported()).problems, []);
    const { pixels, labels } = (await (await folder.store.open('d')).load('all')) as ImageSamples;
    assert.equal(labels.length, 6);
    for (let at = 0; at < labels.length; at++) {
      const middle = pixels.subarray(at * 784 + 14 * 28, at * 784 + 15 * 28);
      assert.ok((middle[13] ?? 0) > 200 && (middle[2] ?? 255) < 30, String(at));
    }
  });

  it('is a table of spreadsheets: a column of numbers, other separators, 7.0 for 7', async () => {
    const tables: Record<string, string> = {
      pandas: ',label,p0,p1,p2,p3\n0,3,1,2,3,255\n',
      float: 'label,p0,p1,p2,p3\n3.0,1.0,2.0,3.0,255.0\n',
      excel: '\uFEFFlabel;p0;p1;p2;p3\r\n3;1;2;3;255\r\n',
      tabs: '3\t1\t2\t3\t255\n',
      mangled: '0,0.1,0.2,0.3,0.4\n3,1,2,3,255\n',
    };
    for (const [name, content] of Object.entries(tables)) {
      await folder.file(`${name}.csv`, content);
      await imported({ name }, `${name}.csv`);
      const { pixels, labels } = (await (await folder.store.open(name)).load('all')) as ImageSamples;
      assert.deepEqual([[...pixels], [...labels]], [[1, 2, 3, 255], [3]], name);
    }
  });

  it('is a table of pictures beside what is none', async () => {
    await fill({ 'train.csv': '3,1,2,3,255\n', 'sample_submission.csv': 'ImageId,Label\n1,0\n' });
    const { counts, problems } = await imported();
    assert.equal(counts['train']?.[3], 1);
    assert.match(problems.join(), /sample_submission\.csv has no rows/);
  });

  it("is EMNIST as PyTorch keeps it: unpacked beside the packed, without NIST's mapping", async () => {
    const of = (name: string) => readFile(path.join(FIXTURE, `emnist-balanced-test-${name}.gz`));
    for (const name of ['images-idx3-ubyte', 'labels-idx1-ubyte']) {
      const packed = await of(name);
      await fill({
        [`raw/emnist-balanced-test-${name}.gz`]: packed,
        [`raw/emnist-balanced-test-${name}`]: gunzipSync(packed),
      });
    }
    const whole = await importDataset(FIXTURE, { name: 'whole' }, folder.store);
    const { classes, counts } = await imported();
    assert.deepEqual([classes, counts['test']], [whole.manifest.classes, whole.manifest.counts['test']]);
  });

  it('has the classes that NIST says where nothing else does', async () => {
    const text = await readFile(path.join(FIXTURE, 'emnist-balanced-mapping.txt'), 'latin1');
    assert.equal(
      usualMapping('raw/emnist-balanced-train-images-idx3-ubyte'),
      text.trim().replaceAll('\r', ''),
    );
    assert.match(usualMapping('emnist-letters-test-') ?? '', /^1 65 97\n.*\n26 90 122$/s);
    assert.equal(usualMapping('train-images-idx3-ubyte'), undefined);
  });

  it('is packed whatever the name says', async () => {
    const of = (name: string) => readFile(path.join(FIXTURE, `emnist-balanced-test-${name}.gz`));
    const [images, labels] = [await of('images-idx3-ubyte'), await of('labels-idx1-ubyte')];
    const characters = 'x'.repeat(47);
    await fill({ 'images.idx': images, 'labels.idx': labels });
    assert.equal((await imported({ characters })).counts['all']?.length, 47);
    await folder.file('u/images.gz', gunzipSync(images));
    await folder.file('u/labels.gz', gunzipSync(labels));
    assert.equal((await imported({ name: 'u', characters }, 'u')).counts['all']?.length, 47);
  });

  it('lies in an archive and unpacked beside it, and counts once', async () => {
    const picture = await barFile('png');
    const archive = await zipOf({
      'A/1.png': picture,
      'B/1.png': picture,
      '__MACOSX/A/._1.png': Buffer.from('x'),
    });
    await pictures(['scans/A/1.png', 'scans/B/1.png']);
    await fill({ 'scans.zip': archive });
    assert.deepEqual((await imported()).counts, { all: [1, 1] });
    await fill({ 'more.zip': await zipOf({ 'C/1.png': picture }) });
    assert.deepEqual((await imported({ name: 'e' })).counts, { all: [1, 1, 1] });
  });

  it('is ink whose file says of the whole which symbol it is', async () => {
    const ink = (truth: string) =>
      `<ink xmlns="http://www.w3.org/2003/InkML"><annotation type="truth">${truth}</annotation><trace id="0">0 0, 9 9</trace></ink>`;
    await fill({ '1.inkml': ink('$A$'), '2.inkml': ink('\\alpha'), '3.inkml': ink('$x + 1$') });
    assert.deepEqual((await imported()).classes, ['A', 'x + 1', 'α']);
  });

  it('is ink of other programs: prefixed names, UTF-16, NDJSON, packed UNIPEN that includes', async () => {
    const ink =
      '<i:ink xmlns:i="http://www.w3.org/2003/InkML"><i:traceGroup><i:annotation type="truth">A</i:annotation><i:trace>0 0, 9 9</i:trace></i:traceGroup></i:ink>';
    await fill({
      'a.INKML': ink,
      'b.inkml': Buffer.from(`\uFEFF${ink.replace('>A<', '>B<')}`, 'utf16le'),
      'c.ndjson': '{"label":"C","strokes":[[[0,0],[1,1]]]}\r\n',
      'main.dat': '.COORD X Y\n.INCLUDE pen/one.pen\n.SEGMENT CHARACTER 0 OK "D"\n',
      'pen/one.pen.gz': gzipSync('.PEN_DOWN\n0 0\n5 5\n.PEN_UP\n'),
    });
    assert.deepEqual(await imported(), {
      classes: ['A', 'B', 'C', 'D'],
      counts: { all: [1, 1, 1, 1] },
      problems: [],
    });
  });
});
