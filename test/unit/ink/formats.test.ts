import assert from 'node:assert/strict';
import { readChars74k } from '../../../src/ink/chars74k';
import { distort, HANDWRITING } from '../../../src/ink/distort';
import { InkError } from '../../../src/ink/errors';
import { readInkml } from '../../../src/ink/inkml';
import { readJsonLines } from '../../../src/ink/jsonLines';
import { Random } from '../../../src/base/random';

const INKML = `<ink xmlns="http://www.w3.org/2003/InkML">
<annotation type="writer">w7</annotation>
<trace id="0">1 2, 3 4</trace><trace id="1">5 6 0.5, 7.5 -8 0.4</trace>
<traceGroup xml:id="2"><annotation type="truth">Segmentation</annotation>
  <traceGroup xml:id="3"><annotation type="truth">\\lt</annotation>
    <traceView traceDataRef="0"/><traceView traceDataRef="#1"/></traceGroup>
  <traceGroup xml:id="4"><annotation type="truth">gone</annotation><traceView traceDataRef="9"/></traceGroup>
</traceGroup></ink>`;

const refused = (read: () => unknown) => {
  assert.throws(read, (error) => error instanceof InkError && error.message.endsWith('.'));
};

describe('InkML', () => {
  it('gives strokes, the writer and the symbols with their truth', () => {
    const { strokes, groups, writer } = readInkml(INKML);
    assert.equal(writer, 'w7');
    assert.deepEqual(strokes, [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7.5, -8],
      ],
    ]);
    assert.deepEqual(groups, [{ label: '\\lt', ink: strokes }]);
  });

  it('refuses what is truncated, empty, of another kind, or has words for coordinates', () => {
    for (const text of [INKML.slice(0, -8), '', '<svg/>', INKML.replace('3 4', 'three four')]) {
      refused(() => readInkml(text));
    }
  });

  it('refuses what XML allows and no ink needs', () => {
    const doctype = (declaration: string) => `<!DOCTYPE ink [${declaration}]>${INKML}`;
    for (const text of [
      `<ink>${'<traceGroup>'.repeat(101)}${'</traceGroup>'.repeat(101)}</ink>`,
      doctype('<!ENTITY passwords SYSTEM "file:///etc/passwd">'),
      doctype('<!ENTITY % parameters "x">'),
      doctype('<!ENTITY'),
      doctype('<!WHAT>'),
    ]) {
      refused(() => readInkml(text));
    }
  });

  it("adds up differences, as in the standard's own example, and knows prefixed names", () => {
    const { strokes, truth } = readInkml(
      `<i:ink xmlns:i="http://www.w3.org/2003/InkML"><i:annotation type="truth">A</i:annotation><i:trace>1125 18432,'23'43,"7"-8,3-5,7 -3,!1 2</i:trace></i:ink>`,
    );
    assert.deepEqual(strokes, [
      [
        [1125, 18432],
        [1148, 18475],
        [1178, 18510],
        [1211, 18540],
        [1251, 18567],
        [1, 18596],
      ],
    ]);
    assert.equal(truth, 'A');
  });

  it('does not let entities grow', () => {
    const bomb = `<!DOCTYPE ink [<!ENTITY a "aaaaaaaaaa">${Array.from(
      { length: 9 },
      (_, i) => `<!ENTITY ${String.fromCharCode(98 + i)} "${`&${String.fromCharCode(97 + i)};`.repeat(10)}">`,
    ).join('')}]><ink><annotation type="writer">&j;</annotation></ink>`;
    let length = 0;
    try {
      length = readInkml(bomb).writer?.length ?? 0;
    } catch (error) {
      assert.ok(error instanceof InkError);
    }
    assert.ok(length < 1e6);
  });
});

describe('JSON Lines', () => {
  it('reads points of two to four numbers, numbers the lines without an id, and passes over empty ones', () => {
    const lines = readJsonLines(
      '{"id":"a","label":"A","strokes":[[[1,2],[3,4,5],[6,7,8,0.5]]]}\n\n{"strokes":[[[0,0]]]}\n',
    );
    assert.equal(lines.length, 2);
    assert.equal(lines[0]?.label, 'A');
    assert.deepEqual(lines[0].ink[0]?.[2], [6, 7, 8, 0.5]);
    assert.equal(lines[1]?.id, '3');
  });

  it('names the line that is wrong', () => {
    assert.throws(() => readJsonLines('{"strokes":[]}\n{"strokes":[[["1",2]]]}'), /Line 2/);
    assert.throws(() => readJsonLines('{"strokes":[]}\nnot json'), /Line 2/);
    refused(() => readJsonLines('{"strokes":"none"}'));
  });
});

describe("Chars74K's JSON", () => {
  it('knows sample i of every label as writer i, and leaves empty drawings out', () => {
    const samples = readChars74k('{"A":[[[[1,2],[3,4]]],[]],"b":[[[[5,6]]]]}');
    assert.deepEqual(
      samples.map(({ label, writer }) => [label, writer]),
      [
        ['A', 1],
        ['b', 1],
      ],
    );
  });

  it('refuses other JSON', () => {
    for (const text of ['', '[1]', '{"A":"B"}', '{"A":[[[1,2]]]}']) refused(() => readChars74k(text));
  });
});

describe('distorted ink', () => {
  const ink = readChars74k('{"A":[[[[0,0],[50,100]],[[10,60],[40,60]]]]}')[0]?.ink ?? [];

  it('is the same for the same seed and another for another', () => {
    const variant = (seed: number) => distort(ink, HANDWRITING, new Random(seed).next);
    assert.deepEqual(variant(1), variant(1));
    assert.notDeepEqual(variant(1), variant(2));
  });

  it('keeps strokes and points, and does not move what may not move', () => {
    const still = { slant: 0, rotation: 0, aspect: 0, strokeShift: 0, elastic: 0 };
    const same = distort(ink, still, new Random(1).next);
    assert.deepEqual(
      same.map((stroke) => stroke.map(([x, y]) => [x, y])),
      ink.map((stroke) => stroke.map(([x, y]) => [x, y])),
    );
  });
});
