import assert from 'node:assert/strict';
import { characterPoints, CHARACTER_POINTS, POINT_FEATURES } from '../../../src/ink/characterPoints';
import { InkError } from '../../../src/ink/errors';
import type { Ink } from '../../../src/ink/ink';

const cross: Ink = [
  [
    [0, 0],
    [100, 100],
  ],
  [
    [0, 100],
    [100, 0],
  ],
];

/** One feature of all points. */
function column(values: Float32Array, feature: number): number[] {
  return Array.from({ length: CHARACTER_POINTS }, (_, at) => values[at * POINT_FEATURES + feature] ?? NaN);
}

function places(values: number[]): number[] {
  return [...values.keys()].filter((at) => values[at] === 1);
}

const near = (found: readonly number[], expected: readonly number[]) => {
  found.forEach((value, at) => {
    assert.ok(Math.abs(value - (expected[at] ?? NaN)) < 1e-4, `${String(value)} at ${String(at)}`);
  });
};

describe('the points of a character', () => {
  it('lie evenly on the strokes, as many on strokes of one length', () => {
    const values = characterPoints(cross);
    assert.equal(values.length, CHARACTER_POINTS * POINT_FEATURES);
    const half = CHARACTER_POINTS / 2;
    assert.deepEqual(places(column(values, 8)), [0, half]);
    assert.deepEqual(places(column(values, 9)), [half - 1, CHARACTER_POINTS - 1]);
    const [x, y] = [column(values, 0), column(values, 1)];
    near([x[0], y[0], x[half - 1], y[half - 1]] as number[], [-1, -1, 1, 1]);
    near([x[half], y[half]] as number[], [-1, 1]);
    near(
      x.slice(0, half).map((value, at) => value - (y[at] ?? 0)),
      new Array<number>(half).fill(0),
    );
  });

  it('say the direction of the pen', () => {
    const values = characterPoints(cross);
    const half = CHARACTER_POINTS / 2;
    near(column(values, 4), new Array<number>(CHARACTER_POINTS).fill(Math.SQRT1_2));
    near(column(values, 5).slice(0, half), new Array<number>(half).fill(Math.SQRT1_2));
    near(column(values, 5).slice(half), new Array<number>(half).fill(-Math.SQRT1_2));
  });

  it('are the same of ink of another size at another place, but for its size against the pen', () => {
    const large = cross.map((stroke) => stroke.map(([x, y]) => [1000 * x - 7, 1000 * y + 9] as const));
    near([...characterPoints(large)], [...characterPoints(cross)]);
    const size = (ink: Ink, width?: number) => characterPoints(ink, width).slice(10, 12);
    near([...size(cross)], [0, 0]);
    near([...size(cross, 10)], [1, 0]);
    near([...size(large, 10_000)], [1, 0]);
    assert.ok((size(cross, 2)[1] ?? 0) > 1 && (size(cross, 50)[1] ?? 0) < -1);
  });

  it('are finite for dots and for more strokes than there are points', () => {
    const dots: Ink = Array.from({ length: 100 }, (_, at) => [[at, at]]);
    for (const ink of [[[[5, 5]]] as Ink, [[], [[5, 5]]] as Ink, dots]) {
      assert.ok(characterPoints(ink, 2).every(Number.isFinite));
    }
  });

  it('are refused of no ink', () => {
    assert.throws(() => characterPoints([]), InkError);
    assert.throws(() => characterPoints([[[NaN, 0]]]), InkError);
  });
});
