import assert from 'node:assert/strict';
import type { Ink, Reading } from '../../../../src/protocol/ink';
import { boxOf } from '../../../../webview/pad/box';
import { drawnSpaces } from '../../../../webview/pad/repair/drawnSpaces';
import { erased, type Repair, repaired, withoutCharacter } from '../../../../webview/pad/repair/repair';
import { written } from '../../../../webview/pad/repair/written';
import {
  BASELINE,
  characterAt,
  composed,
  rightOf,
  wayThrough,
  X_HEIGHT,
  zigzag,
} from '../../../harness/composed';

interface Line {
  ink: Ink;
  reading: Reading;
}

const repair = (strokes: Ink, { ink, reading }: Line) =>
  repaired(strokes, { ink, reading, xHeight: X_HEIGHT });
const boxAt = ({ ink, reading }: Line, at: number) => {
  const box = written(ink, reading).boxes[at];
  assert.ok(box);
  return box;
};
/** The repair that strokes make together, drawn one after the other. */
function repairOf(strokes: Ink, line: Line): Repair | undefined {
  return strokes.map((_, at) => repair(strokes.slice(0, at + 1), line)).find((each) => each !== undefined);
}

describe('repair on the pad, with the hand of a writer of UNIPEN', () => {
  for (const text of ['const x2 = a - b', 'w + m # E8', 'be fat', 'tx+x#2']) {
    it(`takes '${text}' for writing, after every rest`, () => {
      const { ink, reading } = composed(text);
      for (let drawn = 1; drawn < ink.length; drawn++) {
        const alignment = reading.alignment.map((spans) => spans.filter(({ stroke }) => stroke < drawn));
        const before = { ink: ink.slice(0, drawn), reading: { ...reading, alignment } };
        assert.equal(repair(ink.slice(drawn, drawn + 1), before), undefined, `stroke ${drawn + 1}`);
      }
    });
  }

  describe('scratching out', () => {
    it('deletes the character under a zigzag, and closes up what follows', () => {
      const line = composed('foot');
      const [second, third] = [boxAt(line, 1), boxAt(line, 2)];
      const repaired = repair([zigzag(second)], line);
      assert.equal(repaired?.kind, 'deleted');
      assert.equal(repaired.text, 'o');
      const { ink } = repaired;
      assert.equal(ink.length, line.ink.length - 1);
      const moved = third.left - second.left;
      assert.ok(
        Math.abs(rightOf(ink) - (rightOf(line.ink) - moved)) < 2,
        'moved by the width of the character',
      );
    });

    it('deletes a word, and keeps one of its spaces', () => {
      const line = composed('a bat = 2');
      const word = { ...boxAt(line, 2), right: boxAt(line, 4).right };
      const repaired = repair([zigzag(word, 8)], line);
      assert.equal(repaired?.text, 'bat');
      const [first, bar] = [repaired.ink[0] ?? [], repaired.ink[1] ?? []];
      const gap = boxOf([bar]).left - boxOf([first]).right;
      assert.ok(gap > 0.8 * X_HEIGHT && gap < 2 * X_HEIGHT, `the gap is ${gap}`);
    });

    it('cuts a stroke that two characters share', () => {
      const joined = wayThrough([
        [20, 70],
        [20, 100],
        [40, 100],
        [40, 70],
        [60, 70],
        [60, 100],
      ]);
      const half = Math.round(joined.length / 2);
      const alignment = [
        [{ stroke: 0, from: 0, to: half }],
        [{ stroke: 0, from: half + 1, to: joined.length - 1 }],
      ];
      const line = { ink: [joined], reading: { text: 'un', probability: 1, isPlain: true, alignment } };
      const { ink } = withoutCharacter(line.ink, line.reading, 1);
      assert.deepEqual(ink, [joined.slice(0, half + 1)]);
    });

    it('is no zigzag where it crosses nothing', () => {
      const line = composed('foot');
      const beside = { left: rightOf(line.ink) + 10, right: rightOf(line.ink) + 60, top: 70, bottom: 100 };
      assert.equal(repair([zigzag(beside)], line), undefined);
    });

    it('is done by the eraser with whatever it touches', () => {
      const line = composed('foot');
      const { left, right, top, bottom } = boxAt(line, 3);
      const through = wayThrough([
        [(left + right) / 2 - 8, (top + bottom) / 2],
        [(left + right) / 2 + 8, (top + bottom) / 2 + 4],
      ]);
      assert.equal(erased(through, { ...line, xHeight: X_HEIGHT })?.text, 't');
      const nowhere = wayThrough([
        [300, 20],
        [320, 24],
      ]);
      assert.equal(erased(nowhere, { ...line, xHeight: X_HEIGHT }), undefined);
    });
  });

  describe('writing over', () => {
    for (const [old, other] of [
      ['o', 'a'],
      ['a', 'e'],
      ['s', '8'],
      ['b', 'k'],
      ['n', 'm'],
    ] as const) {
      it(`replaces ${old} by ${other}, and nothing else`, () => {
        const line = composed(`x${old}t`);
        const over = characterAt(other, boxAt(line, 1).left);
        const repaired = repairOf(over, line);
        assert.equal(repaired?.kind, 'replaced');
        assert.equal(repaired.text, old);
        const { ink } = repaired;
        assert.ok(ink.includes(over[0] ?? []), 'the new strokes are there');
        const [first, last] = [line.ink[0] ?? [], line.ink.at(-1) ?? []];
        assert.ok(ink.includes(first) && ink.includes(last), 'its neighbors are as they were');
      });
    }

    it('is none where a bar goes on with a character', () => {
      const line = composed('oo');
      const { left, right, top, bottom } = boxAt(line, 0);
      const slash = wayThrough([
        [right, top],
        [left, bottom],
      ]);
      assert.equal(repair([slash], line), undefined, 'as in 0 with a slash');
    });
  });

  describe('opening a gap', () => {
    const caretBetween = (line: Line, first: number, y: number, tip: number) => {
      const x = (boxAt(line, first).right + boxAt(line, first + 1).left) / 2;
      return wayThrough([
        [x - 8, y],
        [x, tip],
        [x + 8, y],
      ]);
    };
    const gapAfter = ({ ink }: Repair, line: Line, at: number) => {
      const { boxes } = written(ink, line.reading);
      return (boxes[at + 1]?.left ?? 0) - (boxes[at]?.right ?? 0);
    };

    it('is asked for by a caret below', () => {
      const line = composed('constx');
      const repaired = repair([caretBetween(line, 4, BASELINE + 24, BASELINE + 8)], line);
      assert.equal(repaired?.kind, 'opened');
      assert.equal(repaired.text, 'x');
      assert.ok(gapAfter(repaired, line, 4) >= 1.5 * X_HEIGHT);
    });

    it('is asked for by a v above', () => {
      const line = composed('aca');
      const repaired = repair([caretBetween(line, 0, BASELINE - 56, BASELINE - 40)], line);
      assert.equal(repaired?.kind, 'opened');
    });

    it('is asked for by a long line between', () => {
      const line = composed('constx');
      const x = (boxAt(line, 4).right + boxAt(line, 5).left) / 2;
      const from = (top: number, bottom: number) =>
        wayThrough([
          [x, top],
          [x + 2, bottom],
        ]);
      assert.equal(repair([from(20, 125)], line)?.kind, 'opened');
      assert.equal(repair([from(50, 105)], line), undefined, 'a bar is one');
    });

    describe('is a space', () => {
      const RULING = { baseline: BASELINE, xHeight: X_HEIGHT, pitch: 200, wraps: false };
      const opened = () => {
        const line = composed('constx');
        const { ink } = repair([caretBetween(line, 4, BASELINE + 24, BASELINE + 8)], line) ?? assert.fail();
        return { ink, reading: line.reading, x: line.reading.alignment[5]?.[0]?.stroke ?? -1 };
      };

      it('before the first stroke of what follows, through further repairs', () => {
        const { ink, reading, x } = opened();
        assert.deepEqual(drawnSpaces(ink, RULING), [x]);
        const { ink: shorter } = withoutCharacter(ink, reading, 0);
        assert.deepEqual(drawnSpaces(shorter, RULING), [x - 1]);
        assert.deepEqual(drawnSpaces(withoutCharacter(ink, reading, 5).ink, RULING), []);
      });

      it('until something is written into it', () => {
        const { ink, x } = opened();
        const { left } = boxOf([ink[x] ?? []]);
        assert.deepEqual(drawnSpaces([...ink, ...characterAt('a', left - 1.3 * X_HEIGHT)], RULING), []);
        assert.deepEqual(drawnSpaces([...ink, ...characterAt('a', rightOf(ink) + 5)], RULING), [x]);
      });
    });

    it('is not asked for at the end', () => {
      const line = composed('const');
      const x = rightOf(line.ink) + 6;
      const bar = wayThrough([
        [x, 20],
        [x, 125],
      ]);
      assert.equal(repair([bar], line), undefined);
    });
  });
});
