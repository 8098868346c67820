import assert from 'node:assert/strict';
import { alignLine, confusedCharacters, lineConfusionMatrix } from '../../../src/metrics/lineConfusion';

describe('characters confused in lines', () => {
  it('are counted by alignment, what is left out and added among them, the most frequent first', () => {
    const read = [
      { text: 'cool', answer: 'co0l' },
      { text: 'foo', answer: 'fo0' },
      { text: 'a_b', answer: 'ab' },
      { text: 'x', answer: 'xx' },
      { text: 'same', answer: 'same' },
    ];
    assert.deepEqual(confusedCharacters(read.map((line) => alignLine(line, 'ignored'))), [
      { truth: 'o', answer: '0', count: 2 },
      { truth: '_', answer: undefined, count: 1 },
      { truth: undefined, answer: 'x', count: 1 },
    ]);
  });

  it('are whole characters beyond the first plane, and blanks where they count', () => {
    const line = { text: 'a 𝒳', answer: 'a𝒴' };
    assert.deepEqual(alignLine(line, 'ignored'), [
      { truth: 'a', answer: 'a' },
      { truth: ' ', answer: ' ' },
      { truth: '𝒳', answer: '𝒴' },
    ]);
    assert.deepEqual(confusedCharacters([alignLine(line, 'counted')]), [
      { truth: ' ', answer: undefined, count: 1 },
      { truth: '𝒳', answer: '𝒴', count: 1 },
    ]);
  });
});

describe('the confusion matrix of lines', () => {
  it('has what was added in the last row and what was left out in the last column', () => {
    const lines = [
      { text: 'a b', answer: 'ab' },
      { text: 'ac', answer: 'bcd' },
    ].map((line) => alignLine(line, 'counted'));
    const { classes, matrix } = lineConfusionMatrix(lines);
    assert.deepEqual(classes, [' ', 'a', 'b', 'c', 'd', '(nothing)']);
    assert.equal(matrix[0]?.[5], 1, 'the blank was left out');
    assert.equal(
      matrix[5]?.reduce((sum, each) => sum + each, 0),
      1,
      'one character was added',
    );
    assert.deepEqual([matrix[1]?.[1], matrix[1]?.[2], matrix[2]?.[2], matrix[3]?.[3]], [1, 1, 1, 1]);
  });
});
