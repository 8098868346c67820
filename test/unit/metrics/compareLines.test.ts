import assert from 'node:assert/strict';
import { compareLines } from '../../../src/metrics/compareLines';
import { judgedLines } from '../../../src/metrics/judgedLines';
import { scoreLines } from '../../../src/metrics/lineScores';

/** Two readings of lines of ten characters: the first has an error in each third line, the second in each sixth. */
const LINES = Array.from({ length: 60 }, (_, at) => ({
  text: 'abcde fghij',
  first: at % 3 === 0 ? 'abcdx fghij' : 'abcde fghij',
  second: at % 6 === 0 ? 'abcdx fghij' : 'abcdefghij',
}));

describe('two readings of the same lines', () => {
  it('differ by the first less the second, as their own figures do', () => {
    const { ignored, counted } = {
      ignored: compareLines(LINES, 'ignored'),
      counted: compareLines(LINES, 'counted'),
    };
    near(ignored.cer.value, 20 / 600 - 10 / 600);
    near(ignored.exact.value, 40 / 60 - 50 / 60);
    for (const [blanks, compared] of [
      ['ignored', ignored],
      ['counted', counted],
    ] as const) {
      for (const which of ['first', 'second'] as const) {
        const scores = scoreLines(
          LINES.map((line) => ({ text: line.text, answer: line[which] })),
          blanks,
        );
        for (const figure of ['cer', 'wer', 'exact'] as const) {
          near(compared[figure][which], scores[figure].value);
        }
      }
    }
    assert.ok(counted.cer.value < 0, 'the second loses blanks');
    assert.deepEqual([ignored.better, ignored.worse], [0, 10]);
    assert.deepEqual([ignored.test.onlyFirst, ignored.test.onlySecond], [0, 10]);
  });

  it('have an interval of their own differences, narrower than those of each', () => {
    const { cer } = compareLines(LINES, 'ignored');
    assert.ok(cer.interval.low > 0, 'what both get wrong tells nothing of the difference');
    const alone = scoreLines(LINES.map(({ text, first }) => ({ text, answer: first }))).cer.interval;
    assert.ok(cer.interval.high - cer.interval.low < alone.high - alone.low);
  });

  it('that are alike do not differ at all, and of no lines anything is possible', () => {
    const alike = compareLines(
      LINES.map(({ text, first }) => ({ text, first, second: first })),
      'counted',
    );
    assert.deepEqual([alike.cer.value, alike.cer.interval], [0, { low: 0, high: 0 }]);
    assert.equal(alike.test.p, 1);
    assert.deepEqual(compareLines([], 'ignored').exact.interval, { low: -1, high: 1 });
  });
});

describe('lines as they are judged', () => {
  it('have the text that the user gave them, and none that is excluded', () => {
    const lines = ['a', 'b', 'c'].map((text, place) => ({ place, text, answer: text }));
    const changes = new Map([
      [0, { label: 'x', excluded: false }],
      [1, { excluded: true }],
    ]);
    assert.deepEqual(
      judgedLines(lines, changes).map(({ text, answer }) => [text, answer]),
      [
        ['x', 'a'],
        ['c', 'c'],
      ],
    );
  });
});

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);
}
