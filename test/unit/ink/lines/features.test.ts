import assert from 'node:assert/strict';
import type { Ink } from '../../../../src/ink/ink';
import { FEATURES, lineFeatures } from '../../../../src/ink/lines/features';
import { lineHeight } from '../../../../src/ink/lines/lineHeight';
import { pathsOf } from '../../../../src/ink/lines/path';
import { readingOrder } from '../../../../src/ink/lines/readingOrder';
import { LEAST_POINTS, resample, STEP } from '../../../../src/ink/lines/resample';
import { extendSpans, type InkSpan } from '../../../../src/ink/lines/spans';

const vertical = (x: number, top = 0, bottom = 100): Ink[number] => [
  [x, top],
  [x, bottom],
];
const dot = (x: number, y: number): Ink[number] => [[x, y]];
/** Joined writing: up and down, so far right. */
const wave = (from: number, to: number): Ink[number] =>
  Array.from({ length: 81 }, (_, i) => {
    const x = from + ((to - from) * i) / 80;
    return [x, 50 + 50 * Math.sin(x / 8)] as const;
  });
const column = (values: Float32Array, feature: number) =>
  Array.from({ length: values.length / FEATURES }, (_, point) => values[point * FEATURES + feature] ?? NaN);
const near = (actual: number | undefined, expected: number, by = 1e-5) => {
  assert.ok(Math.abs((actual ?? NaN) - expected) < by, `${String(actual)}, not ${String(expected)}`);
};

describe('the features of a line', () => {
  it('are of points that lie evenly along each stroke', () => {
    const path = resample({ x: Float32Array.of(0, 0, 30), y: Float32Array.of(0, 40, 40) }, 7);
    assert.equal(path.x.length, 11);
    const steps = Array.from(path.x.subarray(1), (x, i) =>
      Math.hypot(x - (path.x[i] ?? 0), (path.y[i + 1] ?? 0) - (path.y[i] ?? 0)),
    );
    steps.forEach((step, i) => i === 5 || near(step, 7, 1e-4));
    near(path.x.at(-1), 30);
    assert.deepEqual([path.source[0], path.source[5], path.source.at(-1)], [0, 1, 2]);
  });

  it('give a dot points enough to be named', () => {
    assert.equal(lineFeatures(pathsOf([dot(3, 4)])).points, LEAST_POINTS);
  });

  it('do not depend on where and how large the ink is', () => {
    const ink = [wave(0, 200), vertical(260)];
    const moved = ink.map((stroke) => stroke.map(([x, y]) => [3 * x + 700, 3 * y - 90] as const));
    const [a, b] = [lineFeatures(pathsOf(ink)), lineFeatures(pathsOf(moved))];
    assert.equal(a.points, b.points);
    a.values.forEach((value, i) => near(b.values[i], value, 2e-3));
    near(b.height / a.height, 3, 1e-4);
  });

  it('tell direction, lifted pen and height', () => {
    const { values, points } = lineFeatures(pathsOf([vertical(0), vertical(50)]));
    assert.equal(points, 2 * (Math.round(1 / STEP) + 1));
    near(values[FEATURES + 3], 1, 1e-4);
    const second = (points / 2) * FEATURES;
    assert.deepEqual([...values.subarray(second, second + 2)], [0, 0]);
    near(values[second + 4], 1);
    near(values[second + 5], 0.5);
    near(values[second + 6], -1);
    assert.ok((values[7] ?? 0) > 0 && (values[second - FEATURES + 7] ?? 0) < 0, 'high is positive');
  });

  it('know the guide lines where they are given', () => {
    const ink = pathsOf([vertical(0, 0, 100)]);
    const without = lineFeatures(ink);
    const guided = lineFeatures(ink, { guide: { baseline: 100, xHeight: 50 } });
    assert.ok(column(without.values, 10).every((value) => value === 0));
    assert.ok(column(guided.values, 10).every((value) => value === 1));
    near(guided.values[11], 2);
    near(guided.values.at(-1), 0);
  });

  it('leave a dot small where guide lines tell its size', () => {
    const speck: Ink = [
      [
        [0, 0],
        [3, 2],
        [1, 4],
      ],
    ];
    near(lineFeatures(pathsOf(speck), { guide: { baseline: 4, xHeight: 60 } }).height, 60);
    near(lineFeatures(pathsOf(speck)).height, 4);
  });

  it('name the point of the ink that each is nearest to', () => {
    const ink: Ink = [
      [],
      vertical(0),
      [
        [40, 0],
        [NaN, 3],
        [40, 100],
      ],
    ];
    const { stroke, source, points } = lineFeatures(pathsOf(ink));
    assert.deepEqual([stroke[0], source[0]], [1, 0]);
    assert.deepEqual([stroke[points - 1], source[points - 1]], [2, 1]);
  });

  it('are none of ink without points, and finite of any other', () => {
    assert.equal(lineFeatures([]).points, 0);
    assert.equal(lineFeatures(pathsOf([[], []])).points, 0);
    for (const ink of [
      [dot(1e9, -1e9)],
      [dot(0, 0), dot(0, 0)],
      [vertical(1e-9, 0, 1e-9)],
      [vertical(0), dot(1e7, 0)],
    ]) {
      const { values } = lineFeatures(pathsOf(ink));
      assert.ok(values.every(Number.isFinite));
    }
  });
});

describe('the height of a line', () => {
  const heightOf = (...ink: Ink) => lineHeight(pathsOf(ink));

  it('is decided neither by dots nor by the longest stroke', () => {
    near(heightOf(vertical(0, 40), vertical(10, 40), vertical(20, 40), dot(5, 0), vertical(40, 0, 300)), 60);
  });

  it('of dashes alone follows their width', () => {
    near(
      heightOf([
        [0, 0],
        [40, 2],
      ]),
      20,
    );
  });

  it('of joined writing is its own, however long', () => {
    near(heightOf(wave(0, 1000)), 100, 1);
  });
});

describe('the order of reading', () => {
  const order = (...ink: Ink) =>
    readingOrder(pathsOf(ink.map((stroke) => stroke.map(([x, y]) => [x / 100, y / 100] as const))));

  it('is the drawn one where nothing was drawn late', () => {
    const pieces = order(vertical(0), dot(0, -20), vertical(60), vertical(120));
    assert.deepEqual(
      pieces.map(({ stroke, late }) => [stroke, late]),
      [
        [0, false],
        [1, false],
        [2, false],
        [3, false],
      ],
    );
  });

  it("has an i's dot behind its i, though it was drawn after the word", () => {
    const pieces = order(vertical(0, 40), vertical(60, 40), vertical(120, 40), dot(62, 10));
    assert.deepEqual(
      pieces.map(({ stroke, late }) => [stroke, late]),
      [
        [0, false],
        [1, false],
        [3, true],
        [2, false],
      ],
    );
  });

  it('has a late dot in the middle of joined writing', () => {
    const pieces = order(wave(0, 300), dot(100, -20));
    assert.deepEqual(
      pieces.map(({ stroke }) => stroke),
      [0, 1, 0],
    );
    assert.equal(pieces[0]?.to, pieces[2]?.from);
    const bottom = wave(0, 300)[(pieces[0]?.to ?? 1) - 1];
    assert.ok(Math.abs((bottom?.[0] ?? 0) - 100) < 50);
  });

  it('loses and doubles no point', () => {
    const ink: Ink = [
      wave(0, 300),
      dot(100, -20),
      dot(104, -20),
      vertical(340),
      dot(200, -15),
      wave(400, 700),
      dot(650, -20),
    ];
    const pieces = order(...ink);
    const seen = new Set(
      pieces.flatMap(({ stroke, from, to }) =>
        Array.from({ length: to - from }, (_, i) => `${String(stroke)}:${String(from + i)}`),
      ),
    );
    assert.equal(
      seen.size,
      ink.reduce((sum, { length }) => sum + length, 0),
    );
    assert.equal(
      pieces.reduce((sum, { from, to }) => sum + to - from, 0),
      seen.size,
    );
  });
});

describe('spans of ink', () => {
  it('grow within a stroke and begin anew with another', () => {
    const spans: InkSpan[] = [];
    for (const [stroke, point] of [
      [0, 4],
      [0, 6],
      [0, 5],
      [2, 0],
      [0, 9],
    ] as const)
      extendSpans(spans, stroke, point);
    assert.deepEqual(spans, [
      { stroke: 0, from: 4, to: 6 },
      { stroke: 2, from: 0, to: 0 },
      { stroke: 0, from: 9, to: 9 },
    ]);
  });
});
