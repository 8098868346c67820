import assert from 'node:assert/strict';
import { InkError } from '../../../src/ink/errors';
import { readUnipen } from '../../../src/ink/unipen';

/** As the digits of Alpaydin and Alimoglu are: components by number, pen-ups without points. */
const DIGITS = `.VERSION 1.0
.HIERARCHY DIGIT
.COORD X Y
.SEGMENT DIGIT 0-1 ? "4"
.COMMENT 4 12
.PEN_DOWN
  10 90
  20 80
.PEN_UP
.DT 100
.PEN_DOWN
  30 70
.PEN_UP
.SEGMENT DIGIT 2 ? "7"
.PEN_DOWN
  1 2
  3 4
.PEN_UP
`;

const refused = (text: string, sentence: RegExp) => {
  assert.throws(
    () => readUnipen(text),
    (error) => error instanceof InkError && sentence.test(error.message) && error.message.endsWith('.'),
  );
};

describe('UNIPEN', () => {
  it('gives the characters that its segments delineate, y down', () => {
    const { characters } = readUnipen(DIGITS);
    assert.deepEqual(
      characters.map(({ label, ink }) => [label, ink]),
      [
        [
          '4',
          [
            [
              [10, -90],
              [20, -80],
            ],
            [[30, -70]],
          ],
        ],
        [
          '7',
          [
            [
              [1, -2],
              [3, -4],
            ],
          ],
        ],
      ],
    );
    assert.deepEqual(readUnipen(DIGITS, { yAxis: 'down' }).characters[0]?.ink[1], [[30, 70]]);
  });

  it('takes what follows a segment without numbers, and reads time and writer', () => {
    const { characters, writer } = readUnipen(
      '.WRITER_ID jane\n.COORD X Y T\n.X_DIM 500\n.SEGMENT CHARACTER ? "\\""\n.PEN_DOWN 1 2 0\n3 4 10\n.PEN_UP 9 9 20\n.SEGMENT CHARACTER OK "a"\n.PEN_DOWN\n5 6 30\n.PEN_UP\n',
    );
    assert.equal(writer, 'jane');
    assert.deepEqual(
      characters.map(({ label }) => label),
      ['"', 'a'],
    );
    assert.deepEqual(characters[0]?.ink, [
      [
        [1, -2, 0],
        [3, -4, 10],
      ],
    ]);
  });

  it('counts a pen-up with points as a component, takes points of components, and has words beside characters', () => {
    const { characters, texts } = readUnipen(
      '.COORD X Y\n.SEGMENT WORD 0-2 OK "ab"\n.SEGMENT CHARACTER 0:1-0:2 OK "a"\n.SEGMENT CHARACTER 2 OK "b"\n.PEN_DOWN\n0 0 1 1 2 2 3 3\n.PEN_UP\n8 8\n.PEN_DOWN\n4 4\n.PEN_UP\n',
    );
    assert.deepEqual(characters, [
      {
        label: 'a',
        ink: [
          [
            [1, -1],
            [2, -2],
          ],
        ],
      },
      { label: 'b', ink: [[[4, -4]]] },
    ]);
    assert.deepEqual(
      texts.map(({ label, ink }) => [label, ink.length]),
      [['ab', 2]],
    );
  });

  it('has lines where there are no words', () => {
    const line = '.COORD X Y\n.SEGMENT TEXT 0-1 OK "let x = 1;"\n';
    const ink = '.PEN_DOWN\n1 1\n.PEN_UP\n.PEN_DOWN\n4 4\n.PEN_UP\n';
    assert.deepEqual(
      readUnipen(line + ink).texts.map(({ label }) => label),
      ['let x = 1;'],
    );
    assert.deepEqual(
      readUnipen(`${line}.SEGMENT WORD 0 OK "let"\n${ink}`).texts.map(({ label }) => label),
      ['let'],
    );
  });

  it('reads the ink of the files that it includes', () => {
    const { characters } = readUnipen('.INCLUDE data/x.dat\n.SEGMENT CHARACTER 0 OK "l"\n', {
      include: (name) => (name === 'data/x.dat' ? '.COORD X Y\n.PEN_DOWN\n1 1\n1 5\n.PEN_UP\n' : undefined),
    });
    assert.equal(characters[0]?.ink[0]?.length, 2);
  });

  it('takes labels in either quotes, ranges with spaces between them, and passes over what is no segment', () => {
    const ink = '.PEN_DOWN\n1 1\n.PEN_UP\n.PEN_DOWN\n2 2\n.PEN_UP\n';
    const labels = (segment: string) =>
      readUnipen(`.COORD X Y\n.SEGMENT ${segment}\n${ink}`).characters.map(
        ({ label, ink: { length } }) => `${label} ${String(length)}`,
      );
    assert.deepEqual(labels(`CHARACTER 0, 1 ? 'a'`), ['a 2']);
    assert.deepEqual(labels(`CHARACTER 1 'b'`), ['b 1']);
    assert.deepEqual(labels(`CHARACTER 0-1 OK "\\\\"`), ['\\ 2']);
    assert.deepEqual(labels(`CHARACTER 0\n   1\n OK\n "c" `), ['c 2']);
    for (const none of [
      'CHARACTER 0 OK',
      'CHARACTER 0 OK "a',
      'CHARACTER 0 "a" "b"',
      'WORD 0 OK "a"',
      '"a"',
    ]) {
      assert.deepEqual(labels(none), []);
    }
  });

  it('reads hostile lines in a time that grows with their length alone', () => {
    const spaces = ' '.repeat(300_000);
    const lines = '\n'.repeat(300_000);
    refused(spaces, /not UNIPEN/);
    refused(lines, /not UNIPEN/);
    for (const rest of [`CHARACTER${spaces}\0`, `CHARACTER 0${spaces}?${spaces}?${spaces}"`]) {
      assert.deepEqual(readUnipen(`.SEGMENT ${rest}${lines}`).characters, []);
    }
    assert.deepEqual(
      readUnipen(`.SEGMENT${spaces}x\u2028y\n.SEGMENT CHARACTER "${'\\\\'.repeat(99_999)}`).characters,
      [],
    );
  });

  it('refuses ink that many characters claim whole, before it takes the memory', () => {
    const segments = '.SEGMENT CHARACTER 0 "a"\n'.repeat(2001);
    refused(`.COORD X Y\n${segments}.PEN_DOWN\n${'1 1\n'.repeat(10_000)}.PEN_UP\n`, /too many segments/);
    refused('.SEGMENT CHARACTER 0-999999999 "a"\n', /cut off: "a" is component 0 of 0/);
  });

  it('has keywords in the first column only, and prose with others in it', () => {
    const prose = '.COMMENT pen movements between\n  .PEN_DOWN and\n\t.PEN_UP are kept.\n';
    assert.deepEqual(readUnipen(prose + DIGITS), readUnipen(DIGITS));
  });

  it('has labels of several characters, and counts what has none', () => {
    const ink = '.PEN_DOWN\n1 1\n.PEN_UP\n'.repeat(4);
    const { characters, unlabeled } = readUnipen(
      `.COORD X Y\n.SEGMENT CHARACTER 0 ? "ch"\n.SEGMENT CHARACTER 1 ? "23"\n.SEGMENT CHARACTER 2 ?\n.SEGMENT CHARACTER 3 ? ""\n${ink}`,
    );
    assert.deepEqual(
      characters.map(({ label }) => label),
      ['ch', '23'],
    );
    assert.equal(unlabeled, 2);
  });

  it('says which words hold ink of no character, where others have theirs delineated', () => {
    const ink = '.PEN_DOWN\n1 1\n.PEN_UP\n'.repeat(3);
    const segments = '.SEGMENT WORD 0-1 "ab"\n.SEGMENT CHARACTER 0 "a"\n.SEGMENT CHARACTER 1 "b"\n';
    assert.deepEqual(readUnipen(`.COORD X Y\n${segments}${ink}`).apart, []);
    const more = `${segments}.SEGMENT WORD 2 "c"\n`;
    assert.deepEqual(
      readUnipen(`.COORD X Y\n${more}${ink}`).apart.map(({ label }) => label),
      ['c'],
    );
  });

  it('has X and Y of one unit', () => {
    const { characters } = readUnipen(
      '.X_POINTS_PER_INCH 400\n.Y_POINTS_PER_INCH 200\n.COORD X Y\n.SEGMENT CHARACTER 0 "O"\n.PEN_DOWN\n400 100\n.PEN_UP\n',
    );
    assert.deepEqual(characters[0]?.ink, [[[400, -200]]]);
  });

  it('numbers components in each set, or through all of them', () => {
    const set = (segment: string, x: number) =>
      `.START_SET 1 CHARACTER\n.SEGMENT CHARACTER ${segment}\n.PEN_DOWN\n${String(x)} 1\n.PEN_UP\n`;
    const read = (text: string) =>
      readUnipen(`.COORD X Y\n${text}`).characters.map(({ label, ink }) => [label, ink[0]?.[0]?.[0]]);
    assert.deepEqual(read(set('0 "a"', 1) + set('0 "b"', 2)), [
      ['a', 1],
      ['b', 2],
    ]);
    assert.deepEqual(read(set('0 "a"', 1) + set('1 "b"', 2)), [
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('takes no more time and memory than it has ink, whatever its ranges and includes', () => {
    const many = '.PEN_DOWN\n1 1\n.PEN_UP\n'.repeat(5000);
    const segments = '.SEGMENT CHARACTER 0-4999 "a"\n'.repeat(3000);
    refused(`.COORD X Y\n${many}${segments}`, /the same ink in too many segments/);
    refused(`.COORD X Y\n${'.PEN_DOWN\n.PEN_UP\n'.repeat(5000)}${segments}`, /too many segments/);
    const include = () => `.PEN_DOWN\n${'1 1\n'.repeat(100_000)}.PEN_UP\n`;
    assert.throws(
      () => readUnipen('.COORD X Y\n.INCLUDE a\n'.repeat(90), { include }),
      /over 2 million points/,
    );
  });

  it('says in a sentence what is wrong', () => {
    refused('a page of text', /not UNIPEN/);
    refused(DIGITS.slice(0, DIGITS.indexOf('3 4')), /cut off/);
    refused(DIGITS.slice(0, DIGITS.indexOf('.SEGMENT DIGIT 2') + 25), /cut off: "7" is component 2/);
    refused(DIGITS.replace('20 80', '20'), /cut off: a component has 3 numbers/);
    refused(DIGITS.replace('20 80', '20 eighty'), /no number/);
    refused(DIGITS.replace('X Y', 'A B'), /no X and Y/);
    refused(DIGITS.replace('0-1', '1-0'), /no range/);
  });
});
