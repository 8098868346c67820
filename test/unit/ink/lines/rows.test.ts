import assert from 'node:assert/strict';
import { Random } from '../../../../src/base/random';
import type { Path } from '../../../../src/ink/lines/path';
import { guideOfRow, rowsOf } from '../../../../src/ink/lines/rows';

type Points = readonly (readonly [number, number])[];

const path = (points: Points): Path => ({
  x: Float32Array.from(points, ([x]) => x),
  y: Float32Array.from(points, ([, y]) => y),
});

/** Letters as zigzags between two heights over a base line: small, tall, or with a descender. */
function letters(count: number, left: number, baseline: number, random: Random, slope = 0): Path[] {
  return Array.from({ length: count }, (_, i) => {
    const x = left + 30 * i;
    const base = baseline + slope * x;
    const [top, bottom] = ([[20, 0], [40, 0], [20, -15]] as const)[random.integer(3)] ?? [20, 0]; // prettier-ignore
    return path([[x, base - top], [x + 8, base - bottom], [x + 12, base - top], [x + 20, base - bottom]]); // prettier-ignore
  });
}

const mark = (x: number, y: number): Path => path([[x, y], [x + 2, y + 2]]); // prettier-ignore
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('rows of ink', () => {
  it('are one for a line with dots, fraction bars, tall brackets and descenders', () => {
    const random = new Random(1);
    const line = letters(12, 0, 0, random);
    const bracket = path([[370, -50], [360, -20], [370, 25]]); // prettier-ignore
    const fraction = [...letters(1, 400, -25, random), path([[395, -20], [430, -20]]), ...letters(1, 400, 8, random)]; // prettier-ignore
    const all = [...line, bracket, ...fraction, ...letters(8, 450, 0, random), mark(35, -45), mark(700, 0)];
    assert.deepEqual(rowsOf(all), [range(0, all.length)]);
  });

  it('are told by their height, marks by what they are next to, however they slope', () => {
    for (const slope of [0, 0.06, -0.06]) {
      const random = new Random(2);
      const [first, second] = [letters(15, 0, 0, random, slope), letters(9, 0, 75, random, slope)];
      const dots = [mark(75, -50 + slope * 75), mark(72, 75 - 46 + slope * 75)];
      assert.deepEqual(rowsOf([...first, dots[0] as Path, ...second, dots[1] as Path]), [
        range(0, 16),
        range(16, 26),
      ]);
    }
  });

  it('stand from top to bottom, whichever was written first', () => {
    const random = new Random(3);
    const [first, second, third] = [0, 75, 150].map((y) => letters(5, 0, y, random));
    assert.deepEqual(rowsOf([...(third ?? []), ...(first ?? []), ...(second ?? [])]), [
      range(5, 10),
      range(10, 15),
      range(0, 5),
    ]);
  });

  it('stand on the guide lines, where their distance is known', () => {
    const random = new Random(4);
    const guide = { baseline: 2, xHeight: 20, pitch: 74 };
    const rows = [letters(6, 0, 0, random), letters(6, 0, 80, random)];
    assert.deepEqual(rowsOf(rows.flat(), guide), [range(0, 6), range(6, 12)]);
    assert.equal(guideOfRow(rows[1] ?? [], 1, guide)?.baseline, 76);
    assert.equal(guideOfRow(rows[1] ?? [], 1, { baseline: 2, xHeight: 20 }), undefined);
    assert.equal(guideOfRow(rows[0] ?? [], 0, { baseline: 2, xHeight: 20 })?.baseline, 2);
  });

  it('are none of no ink', () => {
    assert.deepEqual(rowsOf([]), []);
    assert.deepEqual(rowsOf([path([]), mark(0, 0)]), [[1]]);
  });
});
