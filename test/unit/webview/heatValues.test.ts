import assert from 'node:assert/strict';
import { ORDERS, type Order, type ShownEvaluation } from '../../../src/protocol/pages/evaluation';
import { type HeatOptions, heatValues, USUAL_HEAT } from '../../../webview/evaluation/heatValues';

const CLASSES = ['a', 'b', 'c'];
const ORDERED: Record<Order, number[]> = { class: [0, 1, 2], error: [2, 0, 1], similarity: [1, 2, 0] };

function values(rows: readonly number[][], options: Partial<HeatOptions> = {}) {
  const shown = { classes: CLASSES, confusion: Uint32Array.from(rows.flat()), orders: ORDERED };
  return heatValues(shown as unknown as ShownEvaluation, { ...USUAL_HEAT, ...options });
}

/** Strengths to three places, a row a line. */
function strengths(rows: readonly number[][], options: Partial<HeatOptions>): string[] {
  const all = [...values(rows, options).strengths].map((strength) => strength.toFixed(3));
  return [0, 3, 6].map((at) => all.slice(at, at + 3).join(' '));
}

describe('the values of the heat map', () => {
  /** Of "a" eight in ten are right, of "b" nine in ten, of "c" all. */
  const MATRIX = [
    [80, 20, 0],
    [1, 9, 0],
    [0, 0, 100],
  ];

  for (const order of ORDERS) {
    it(`stand in the order "${order}", rows and columns alike`, () => {
      const { names, counts, totals } = values(MATRIX, { order });
      const expected = ORDERED[order];
      assert.deepEqual(
        names,
        expected.map((index) => CLASSES[index]),
      );
      assert.deepEqual(
        [...counts],
        expected.flatMap((row) => expected.map((column) => MATRIX[row]?.[column])),
      );
      assert.deepEqual(
        totals,
        expected.map((row) => [100, 10, 100][row]),
      );
    });
  }

  it('are as strong as their share of the row, from the faintest color to the full one', () => {
    assert.deepEqual(strengths(MATRIX, { values: 'shares', scale: 'linear' }), [
      '0.828 0.312 0.000',
      '0.226 0.914 0.000',
      '0.000 0.000 1.000',
    ]);
  });

  it('are as strong as their count of the largest', () => {
    assert.deepEqual(strengths(MATRIX, { values: 'counts', scale: 'linear' }), [
      '0.828 0.312 0.000',
      '0.149 0.217 0.000',
      '0.000 0.000 1.000',
    ]);
  });

  it('stand apart on a logarithmic scale where they are small', () => {
    assert.deepEqual(strengths(MATRIX, { values: 'shares', scale: 'log' }), [
      '0.975 0.818 0.000',
      '0.739 0.988 0.000',
      '0.000 0.000 1.000',
    ]);
    const rare = [
      [20_000, 10, 0],
      [1, 20_000, 200],
      [0, 0, 0],
    ];
    assert.deepEqual(
      strengths(rare, { values: 'counts', scale: 'log' }),
      ['1.000 0.140 0.000', '0.140 1.000 0.479', '0.000 0.000 0.000'],
      'what is rarer than one in 2,000 is as faint as that, and nothing is no color',
    );
  });

  it('are measured by the largest error where what is right is left out', () => {
    assert.deepEqual(strengths(MATRIX, { values: 'shares', scale: 'linear', hideRight: true }), [
      '0.000 1.000 0.000',
      '0.570 0.000 0.000',
      '0.000 0.000 0.000',
    ]);
  });

  it('are nothing where there is nothing', () => {
    const none = [0, 1, 2].map(() => [0, 0, 0]);
    assert.deepEqual(
      [...values(none).strengths],
      Array.from({ length: 9 }, () => 0),
    );
  });
});
