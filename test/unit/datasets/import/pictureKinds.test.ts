import assert from 'node:assert/strict';
import path from 'node:path';
import sharp from 'sharp';
import { classOfName, folderNameOf } from '../../../../src/datasets/import/className';
import { importDataset } from '../../../../src/datasets/import/importDataset';
import { readPicture } from '../../../../src/pictures/readPicture';
import { bar, barFile, refused, temporaryFolder } from './temporary';

describe('pictures of every kind', () => {
  const folder = temporaryFolder();
  const read = (name = 'd') => importDataset(path.join(folder.path, name), { name }, folder.store);

  it('are read whatever their extension, if it is one of pictures that can be', async () => {
    const jpeg = await barFile('jpeg');
    const raw = { raw: { width: 40, height: 40, channels: 1 as const } };
    const gif = await sharp(bar(40, 0.5, 20, 230), raw)
      .gif()
      .toBuffer();
    const avif = await sharp(bar(40, 0.5, 20, 230), raw)
      .avif()
      .toBuffer();
    const pgm = Buffer.concat([Buffer.from('P5\n# made by hand\n40 40\n255\n'), bar(40, 0.5, 20, 230)]);
    const files = {
      'a.jfif': jpeg,
      'b.jpe': jpeg,
      'c.GIF': gif,
      'd.avif': avif,
      'e.pgm': pgm,
      'f.tif': await barFile('tiff'),
    };
    for (const [name, content] of Object.entries(files)) await folder.file(`d/A/${name}`, content);
    await folder.file('d/B/1.png', await barFile('png'));
    const { manifest, problems } = await read();
    assert.deepEqual([manifest.counts, problems], [{ all: [6, 1] }, []]);
  });

  it('are said where they cannot be, and how many', async () => {
    await folder.file('d/A/1.png', await barFile('png'));
    await folder.file('d/B/1.png', await barFile('png'));
    for (const name of ['x.HEIC', 'y.heic', 'z.pdf']) await folder.file(`d/A/${name}`, 'no matter');
    await folder.file('d/B/page.png', '<!DOCTYPE html><html><body>404</body></html>');
    assert.deepEqual((await read()).problems, [
      '2 files of the kind .heic, which is not read: save as PNG',
      'a file of the kind .pdf, which is not read: save as PNG',
      'B/page.png is a web page and no picture: fetch it again.',
    ]);
  });

  it('of netpbm are read in bits, gray and color, in text and in bytes', async () => {
    const of = async (header: string, body: Buffer | string = '') => [
      ...(await readPicture(Buffer.concat([Buffer.from(header), Buffer.from(body)]), 'x.pnm')).pixels,
    ];
    assert.deepEqual(await of('P1\n3 2\n1 0 1\n010'), [0, 255, 0, 255, 0, 255]);
    assert.deepEqual(
      await of('P4\n3 2\n', Buffer.from([0b1010_0000, 0b0100_0000])),
      [0, 255, 0, 255, 0, 255],
    );
    assert.deepEqual(await of('P2 2 1 15 0 15'), [0, 255]);
    assert.deepEqual(await of('P5 2 1 65535\n', Buffer.from([0, 0, 255, 255])), [0, 255]);
    assert.deepEqual(await of('P3\n# c\n2 1\n255\n255 255 255 0 0 0'), [255, 0]);
    assert.deepEqual(await of('P6 1 1 255\n', Buffer.from([255, 255, 255])), [255]);
    await refused(readPicture(Buffer.from('P5 60000 60000 255\nx'), 'x.pgm'), /over 40 million pixels/);
    await refused(readPicture(Buffer.from('P5 60 60 255\nx'), 'x.pgm'), /not a picture that can be read/);
  });

  it('are of no class that only a number of theirs would say', async () => {
    for (const name of ['p1', 'p2', 'p3']) await folder.file(`d/pages/${name}.png`, await barFile('png'));
    await refused(read(), /neither a folder nor a file name says one/);
    await folder.file('e/pages/upper-A_1.png', await barFile('png'));
    assert.deepEqual((await read('e')).manifest.classes, ['A']);
  });
});

describe('names of folders', () => {
  it('hold classes of any text', () => {
    const classes = [
      ...[
        '\\',
        '\\rho',
        'a b',
        'CON',
        '..',
        '-1+1',
        '=',
        '"',
        '|',
        'é',
        'e\u0301',
        'क्षि',
        '👍🏽',
        '👨‍👩‍👧',
        '漢字',
      ],
      ...['constructor', '__proto__', 'toString', ' x ', 'a\u0000b', '\u0301'],
    ];
    assert.deepEqual(
      classes.map((name) => classOfName(folderNameOf(name), 'auto')),
      classes,
    );
    assert.equal(new Set(classes.map(folderNameOf)).size, classes.length);
  });

  it('and labels are no names of what programs hold', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']) {
      assert.equal(classOfName(name, 'auto'), undefined);
      assert.equal(classOfName(name, 'text'), name);
    }
  });
});
