import assert from 'node:assert/strict';
import type { Ink, Point } from '../../../../src/ink/ink';
import { laterInPlace } from '../../../../src/ink/lines/laterInPlace';
import { BASELINE, characterAt, composed, rightOf } from '../../../harness/composed';

/** Ink whose strokes are drawn in a tenth of a second each, after a rest where one begins. */
function drawn(...parts: Ink[]): Ink {
  let time = 0;
  return parts.flatMap((ink, part) => {
    time += part === 0 ? 0 : 2000;
    return ink.map((stroke) => {
      time += 100;
      return stroke.map(([x, y], at): Point => [x, y, time + (50 * at) / stroke.length]);
    });
  });
}

const all = (ink: Ink) => [...ink.keys()];

/** What is written first, and the same with white where its third stroke was. */
const COAST = composed('coast').ink;
const GAP = COAST.filter((_, stroke) => stroke !== 2);

describe('strokes that were drawn later', () => {
  it('are read where they were put between others', () => {
    const ink = drawn(GAP, COAST.slice(2, 3));
    assert.deepEqual(laterInPlace(ink, all(ink)), [0, 1, 5, 2, 3, 4]);
  });

  it('are so together, if the pen did not rest between them', () => {
    const cut = composed('cost').ink.filter((_, stroke) => stroke < 3);
    const x = rightOf(cut) + 9;
    const later = characterAt('x', x);
    const after = composed('box', x + 60).ink;
    const ink = drawn([...cut, ...after], later);
    const place = cut.length;
    assert.deepEqual(
      laterInPlace(ink, all(ink)).slice(place, place + later.length),
      all(ink).slice(-later.length),
    );
  });

  it('stay behind where the pen did not rest, or nobody knows', () => {
    const late = [...GAP, ...COAST.slice(2, 3)];
    assert.deepEqual(laterInPlace(drawn(late), all(late)), all(late));
    assert.deepEqual(laterInPlace(late, all(late)), all(late));
  });

  it('stay behind where they go on with what is there: bars, dots and the rest of the line', () => {
    const left = Math.min(...(COAST[4] ?? []).map(([x]) => x));
    const bar: Ink[number] = [
      [left - 2, BASELINE - 40],
      [left + 30, BASELINE - 41],
    ];
    const dot: Ink[number] = [
      [left, BASELINE - 60],
      [left + 1, BASELINE - 59],
    ];
    for (const more of [[bar], [dot], composed('x2', rightOf(COAST) + 30).ink]) {
      const ink = drawn(COAST, more);
      assert.deepEqual(laterInPlace(ink, all(ink)), all(ink));
    }
  });

  it('are named as they are in the whole ink', () => {
    const ink = drawn(composed('x').ink, GAP, COAST.slice(2, 3));
    const before = composed('x').ink.length;
    const row = all(ink).slice(before);
    assert.deepEqual(
      laterInPlace(ink, row),
      [0, 1, 5, 2, 3, 4].map((stroke) => stroke + before),
    );
  });
});
