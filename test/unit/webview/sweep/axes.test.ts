import assert from 'node:assert/strict';
import type { ShownTrial, SweepAxis } from '../../../../src/protocol/pages/sweep';
import { axesOf, valueText } from '../../../../webview/sweep/axes';
import { columnsOf, sorted } from '../../../../webview/sweep/columns';

const trial = (number: number, more: Partial<ShownTrial> = {}): ShownTrial => ({
  ...{ number, values: {}, state: 'finished', epochs: 3 },
  ...more,
});

function axisOf(axis: SweepAxis) {
  const [first] = axesOf({ axes: [axis], trials: [], method: 'random' });
  assert.ok(first);
  return first;
}

const at = (axis: SweepAxis, value: string | number) =>
  axisOf(axis).place(trial(1, { values: { [axis.name]: value } }));

describe('the axes of a sweep', () => {
  const rate: SweepAxis = {
    ...{ name: 'learningRate', label: 'Learning rate', kind: 'range' },
    ...{ least: 0.001, most: 0.1, logarithmic: true },
  };

  it('go by factors where the range is drawn by factors', () => {
    assert.deepEqual(
      axisOf(rate).ticks.map(({ text }) => text),
      ['0.001', '0.002', '0.005', '0.01', '0.02', '0.05', '0.1'],
    );
    assert.ok(Math.abs((at(rate, 0.01) ?? 0) - 0.5) < 1e-9);
    const wide = axisOf({ ...rate, least: 1e-6, most: 1 });
    assert.deepEqual(
      wide.ticks.map(({ text }) => text),
      ['1e-6', '1e-5', '1e-4', '0.001', '0.01', '0.1', '1'],
    );
  });

  it('go by differences else, with round numbers', () => {
    const axis: SweepAxis = { ...rate, name: 'shift', least: 0, most: 2, logarithmic: false };
    assert.deepEqual(
      axisOf(axis).ticks.map(({ at: place, text }) => [place, text]),
      [
        [0, '0'],
        [0.25, '0.5'],
        [0.5, '1'],
        [0.75, '1.5'],
        [1, '2'],
      ],
    );
    assert.equal(at(axis, 1.5), 0.75);
  });

  it('have values side by side, of many some ticks', () => {
    const axis: SweepAxis = { name: 'network', label: 'Network', kind: 'values', values: ['a', 'b'] };
    assert.deepEqual([at(axis, 'a'), at(axis, 'b'), at(axis, 'c')], [0.25, 0.75, undefined]);
    const many = axisOf({ ...axis, values: Array.from({ length: 20 }, (_, index) => index) });
    assert.deepEqual(
      many.ticks.map(({ text }) => text),
      ['0', '3', '6', '9', '12', '15', '18'],
    );
  });

  it('end with the result, before it the epochs where trials have more or fewer', () => {
    const trials = [
      trial(1, { accuracy: 0.9 }),
      trial(2, { accuracy: 0.8, epochs: 1, state: 'resting' }),
      trial(3, { accuracy: 0.1, state: 'failed' }),
      trial(4, { epochs: 0, state: 'waiting' }),
    ];
    const axes = axesOf({ axes: [rate], trials, method: 'halving' });
    assert.deepEqual(
      axes.map(({ key }) => key),
      ['learningRate', 'epochs', 'accuracy'],
    );
    assert.deepEqual(
      trials.map((each) => axes[2]?.place(each)),
      [1, 0, undefined, undefined],
    );
    assert.deepEqual(
      trials.map((each) => axes[1]?.place(each)),
      [0.75, 0.25, 0.75, undefined],
    );
    assert.deepEqual(
      axes[2]?.ticks.map(({ text }) => text),
      ['80.0%', '82.0%', '84.0%', '86.0%', '88.0%', '90.0%'],
    );
  });

  it('have a place for the only result', () => {
    const [result] = axesOf({ axes: [], trials: [trial(1, { accuracy: 0.5 })], method: 'grid' });
    assert.ok(Math.abs((result?.place(trial(1, { accuracy: 0.5 })) ?? 0) - 0.5) < 1e-9);
  });

  it('say values with the digits that tell', () => {
    assert.deepEqual([0.000123456, 0, 12.3456, 128, 'adam', undefined].map(valueText), [
      '1.23e-4',
      '0',
      '12.3',
      '128',
      'adam',
      '–',
    ]);
  });
});

describe('the table of trials', () => {
  it('is sorted by any column, those without a value last, those alike by number', () => {
    const trials = [
      trial(1),
      trial(2, { accuracy: 0.8, values: { optimizer: 'sgd' } }),
      trial(3, { accuracy: 0.9, values: { optimizer: 'adam' } }),
      trial(4, { accuracy: 0.8, values: { optimizer: 'adam' } }),
    ];
    const axes: SweepAxis[] = [
      { name: 'optimizer', label: 'Optimizer', kind: 'values', values: ['adam', 'sgd'] },
    ];
    const columns = columnsOf({ axes });
    const order = (key: string, descending: boolean) =>
      sorted(
        trials,
        columns.find((column) => column.key === key),
        descending,
      ).map(({ number }) => number);
    assert.deepEqual(order('accuracy', true), [3, 2, 4, 1]);
    assert.deepEqual(order('accuracy', false), [2, 4, 3, 1]);
    assert.deepEqual(order('optimizer', false), [3, 4, 2, 1]);
    assert.deepEqual(order('trial', true), [4, 3, 2, 1]);
  });
});
