import assert from 'node:assert/strict';
import { alignLine, confusedCharacters } from '../../../src/metrics/lineConfusion';

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
