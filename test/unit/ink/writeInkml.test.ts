import assert from 'node:assert/strict';
import type { Ink } from '../../../src/ink/ink';
import { readInkml } from '../../../src/ink/inkml';
import { writeInkml } from '../../../src/ink/writeInkml';

const INK: Ink = [
  [
    [1.5, -2, 0, 0.25],
    [3, 4, 16, 0.5],
  ],
  [[5, 6, 40, 1]],
];

describe('written InkML', () => {
  it('reads back as it was, with time, pressure, writer and pen', () => {
    const text = writeInkml([{ label: '<&>', ink: INK, writer: '"me" & you', penWidth: 4.5 }], 'a <test>');
    assert.deepEqual(readInkml(text).groups, [
      { label: '<&>', isPlain: true, ink: INK, writer: '"me" & you', penWidth: 4.5 },
    ]);
  });

  it('keeps the lines that ink was written on, and passes over what is none', () => {
    const guide = { baseline: 40.5, xHeight: 12, pitch: 60 };
    const text = writeInkml([
      { label: 'foo', ink: INK, guide },
      { label: 'bar', ink: INK },
    ]);
    const guides = (written: string) => readInkml(written).groups.map((group) => group.guide);
    assert.deepEqual(guides(text), [guide, undefined]);
    assert.deepEqual(guides(text.replace('"xHeight":12', '"xHeight":-1')), [undefined, undefined]);
    assert.deepEqual(guides(text.replace('{"baseline"', 'baseline')), [undefined, undefined]);
  });

  it('holds several characters with pens of their own', () => {
    const plain: Ink = [[[0, 1]], [[2, 3]]];
    const groups = readInkml(
      writeInkml([
        { label: 'a', ink: plain, penWidth: 2 },
        { label: '∑', ink: plain, penWidth: 3 },
        { label: 'c', ink: plain },
      ]),
    ).groups;
    assert.deepEqual(
      groups.map(({ label, penWidth }) => [label, penWidth]),
      [
        ['a', 2],
        ['∑', 3],
        ['c', undefined],
      ],
    );
    assert.deepEqual(groups[1]?.ink, plain);
  });

  it('keeps labels of any text as they are', () => {
    const labels = [
      ...[
        '\\',
        '\\\\',
        '&#955;',
        '&amp;',
        ']]>',
        '<b>',
        '"',
        "'",
        '$x$',
        '\\alpha',
        'COMMA',
        ' a  b ',
        'a\r\n\tb',
        '\u00a0',
      ],
      // composed, of several, beyond U+FFFF, joined
      ...['\u00e9', 'e\u0301', 'क्षि', '𝄞', '👍🏽', '👨‍👩‍👧', '🇩🇪', '\u0301'],
      // what XML cannot hold
      ...['a\u0000', '\u001f', '\ud800', '\uffff'],
    ];
    const { groups } = readInkml(writeInkml(labels.map((label) => ({ label, ink: INK }))));
    assert.deepEqual(
      groups.map(({ label }) => label),
      labels,
    );
  });
});
