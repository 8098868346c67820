import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { importDataset } from '../../../../src/datasets/import/importDataset';
import { openDataset } from '../../../../src/datasets/open';
import type { ImageSamples } from '../../../../src/datasets/samples';
import { Random } from '../../../../src/base/random';
import { refused, temporaryFolder } from './temporary';

const ROWS = 40;
const SIZE = 64;

/** Pictures of 8x8 with values 0 to 1 and a corner that is mostly paper, and their labels. */
const random = new Random(5);
const PICTURES = Array.from({ length: ROWS }, () =>
  Array.from({ length: SIZE }, (_, at) => {
    const value = random.next();
    return at < 2 || at > 61 ? (value > 0.9 ? value : 0) : value;
  }),
);
const DIGITS = PICTURES.map((_, at) => String((7 * at + 3) % 10));

describe('tables of pixels', () => {
  const folder = temporaryFolder();

  async function read(text: string | Buffer, name = 't.csv') {
    const file = await folder.file(name, text);
    const { problems } = await importDataset(file, { name: 't' }, folder.store);
    const dataset = await folder.store.open('t');
    const { labels, pixels } = (await dataset.load('all')) as ImageSamples;
    return { labels: Array.from(labels, (label) => dataset.classes[label]), pixels, problems };
  }

  const rows = (
    of: (picture: readonly string[], label: string, at: number) => readonly string[],
    scale: number,
    digits = 0,
  ) =>
    PICTURES.map((picture, at) =>
      of(
        picture.map((value) => (value * scale).toFixed(digits)),
        DIGITS[at] ?? '',
        at,
      ),
    );
  const text = (table: readonly (readonly string[])[], separator = ',') =>
    table.map((row) => `${row.join(separator)}\n`).join('');
  const last = (picture: readonly string[], label: string) => [...picture, label];
  const first = (picture: readonly string[], label: string) => [label, ...picture];
  const brightness = (pixels: Uint8Array) => pixels.reduce((most, value) => Math.max(most, value), 0);

  const forms: [string, string | Buffer, string?][] = [
    ['the label first', text(rows(first, 255))],
    ['the label last', text(rows(last, 255))],
    ['values up to 16, the label last', text(rows(last, 16))],
    ['shares of 1', text(rows(first, 1, 4))],
    [
      'numbers of -1 to 1, as USPS has them, between blanks',
      text(
        rows((p, l) => [`${l}.0000`, ...p.map((v) => (2 * Number(v) - 1).toFixed(4))], 1, 4),
        ' ',
      ),
      'zip.train',
    ],
    [
      "numpy's numbers",
      text(
        rows((p, l) => first(p, l).map((v) => Number(v).toExponential(18)), 1, 6),
        ' ',
      ),
      'digits.txt',
    ],
    [
      'a comma for a point',
      text(
        rows((p, l) => first(p, l).map((v) => v.replace('.', ',')), 1, 3),
        ';',
      ),
    ],
    [
      'columns of 0 and 1 behind, as Semeion has them',
      text(
        rows(
          (p, l) => [...p, ...Array.from({ length: 10 }, (_, at) => (String(at) === l ? '1' : '0'))],
          1,
          2,
        ),
        ' ',
      ),
      'semeion.data',
    ],
    ['running numbers before', text(rows((p, l, at) => [String(at), ...first(p, l)], 255))],
    ["UCI's names of files, packed", gzipSync(text(rows(last, 16))), 'optdigits.tra.gz'],
    [
      'a head whose label is called otherwise',
      `${Array.from({ length: SIZE }, (_, at) => `px${String(at)}`).join(',')},digit_shown\n${text(rows(last, 255))}`,
    ],
    [
      'a head of running numbers',
      `${Array.from({ length: SIZE + 1 }, (_, at) => String(at)).join(',')}\n${text(rows(last, 255))}`,
    ],
    [
      'a constant column called label',
      `label,class,${Array.from({ length: SIZE }, (_, at) => `p${String(at)}`).join(',')}\n${text(rows((p, l) => ['1', l, ...p], 255))}`,
    ],
  ];
  const heads = Array.from({ length: SIZE }, (_, at) => `@attribute 'pixel ${String(at)}' numeric\n`).join(
    '',
  );
  forms.push(
    [
      'attributes of ARFF, as OpenML has them',
      `% digits\n@RELATION digits\n\n${heads}@attribute class {0,1,2,3,4,5,6,7,8,9}\n@data\n% rows\n${text(rows((p, l) => [...p, `'${l}'`], 255))}`,
      'digits.arff',
    ],
    [
      'all pixels in one cell',
      `digit;pixels\n${text(
        rows((p, l) => [l, p.join(' ')], 255),
        ';',
      )}`,
    ],
    ['a list for each picture', `image,label\n${text(rows((p, l) => [`"[${p.join(', ')}]"`, l], 1, 4))}`],
    ['a separator behind each row', text(rows((p, l) => [l, ...p, ''], 255))],
    ['what Excel says first', `sep=;\n${text(rows(last, 255), ';')}`],
  );
  for (const [what, content, name] of forms) {
    it(`are read with ${what}`, async () => {
      const { labels, pixels, problems } = await read(content, name);
      assert.deepEqual([labels, problems], [DIGITS, []]);
      assert.ok(brightness(pixels) > 240, String(brightness(pixels)));
      const expected = Uint8Array.from(PICTURES.flat(), (value) => Math.round(255 * value));
      // as far as the numbers are rounded
      const worst = expected.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - (pixels[at] ?? 0))),
        0,
      );
      assert.ok(worst <= 9, String(worst));
    });
  }

  it('make no picture of a cell that is empty', async () => {
    const packed = rows((p, l, at) => [l, at === 5 ? '' : p.join(' ')], 255);
    await refused(read(`digit;pixels\n${text(packed, ';')}`), /t\.csv/);
  });

  it('keep labels of any text, and leave out rows without one', async () => {
    const words = rows((p, _, at) => [at === 5 ? '' : `\\w${String(at % 3)}`, ...p], 255);
    const { labels, problems } = await read(text(words));
    assert.equal(labels.length, ROWS - 1);
    assert.deepEqual([...new Set(labels)].sort(), ['\\w0', '\\w1', '\\w2']);
    assert.match(problems.join(), /^a row without a label in \S+t\.csv$/);
  });

  it('are refused where one class for all would be guessed, or the numbers are features', async () => {
    const same = rows((p) => p.map((v, at) => (at === 0 || at === 63 ? '0' : v)), 255);
    await refused(read(text(same)), /no column that says different things/);
    const features = rows((p, l) => [l, ...p.slice(2, 18)], 15);
    await refused(read(text(features)), /16 numbers a row, which are features/);
  });

  it('with more classes than a dataset holds are refused', async () => {
    const many = Array.from({ length: 65_600 }, (_, at) => `w${String(at)},1,2,3,4\n`).join('');
    await refused(read(many), /more than 65,536 different labels/);
  });

  it('are opened by their path as they are imported', async () => {
    const file = await folder.file('digits.tra', text(rows(last, 16)));
    const { labels } = await (await openDataset(file)).load('all');
    assert.deepEqual(Array.from(labels, String), DIGITS);
  });
});
