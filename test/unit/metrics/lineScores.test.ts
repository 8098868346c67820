import assert from 'node:assert/strict';
import { alignTexts, editDistance } from '../../../src/metrics/editDistance';
import { scoreLines } from '../../../src/metrics/lineScores';

describe('the distance of texts', () => {
  it('counts characters that are changed, lost and added', () => {
    assert.equal(editDistance('kitten', 'sitting'), 3);
    assert.equal(editDistance('', 'abc'), 3);
    assert.equal(editDistance('abc', ''), 3);
    assert.equal(editDistance('', ''), 0);
    assert.equal(editDistance(['a', 'b'], ['b']), 1);
  });

  it('aligns the characters of both', () => {
    assert.deepEqual(alignTexts('abd', 'abcd'), [
      { text: 0, answer: 0 },
      { text: 1, answer: 1 },
      { text: undefined, answer: 2 },
      { text: 2, answer: 3 },
    ]);
    assert.deepEqual(alignTexts('ab', 'b'), [
      { text: 0, answer: undefined },
      { text: 1, answer: 0 },
    ]);
    const edits = alignTexts('kitten', 'sitting');
    const wrong = edits.filter(({ text, answer }) => 'kitten'[text ?? 9] !== 'sitting'[answer ?? 9]);
    assert.equal(wrong.length, 3);
  });
});

describe('the scores of lines', () => {
  const lines = [
    { text: 'let x = 1;', answer: 'let x=1;' },
    { text: 'foo bar', answer: 'foo baz' },
    { text: 'same', answer: 'same' },
  ];

  it('ignore blanks unless they count', () => {
    const without = scoreLines(lines);
    assert.equal(without.cer.value, 1 / 17);
    assert.equal(without.exact.value, 2 / 3);
    const counted = scoreLines(lines, 'counted');
    assert.equal(counted.cer.value, 3 / 21);
    assert.equal(counted.exact.value, 1 / 3);
    assert.equal(counted.wer.value, 4 / 7);
  });

  it('have intervals that hold them and shrink with more lines', () => {
    const few = scoreLines(lines);
    const many = scoreLines(Array.from({ length: 100 }, () => lines).flat());
    for (const { cer, wer, exact } of [few, many]) {
      for (const { value, interval } of [cer, wer, exact])
        assert.ok(interval.low <= value && value <= interval.high);
    }
    const width = ({ interval }: { interval: { low: number; high: number } }) => interval.high - interval.low;
    assert.ok(width(many.cer) < width(few.cer) / 5);
    near(many.cer.value, few.cer.value);
  });

  it('of no lines say nothing', () => {
    const { cer, exact } = scoreLines([]);
    assert.deepEqual(cer.interval, { low: 0, high: 1 });
    assert.deepEqual(exact.interval, { low: 0, high: 1 });
  });
});

function near(a: number, b: number): void {
  assert.ok(Math.abs(a - b) < 1e-12);
}
