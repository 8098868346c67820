import assert from 'node:assert/strict';
import { unsmoothed } from '../../../src/engine/models/unsmooth';

describe('probabilities freed of smoothing', () => {
  it('are what the targets were before', () => {
    const smoothing = 0.1;
    const targets = [0.7, 0.3, 0, 0];
    const learned = Float32Array.from(targets, (value) => (1 - smoothing) * value + smoothing / 4);
    const found = unsmoothed(learned, 4, smoothing);
    found.forEach((value, index) =>
      assert.ok(Math.abs(value - (targets[index] ?? 0)) < 0.005, String(found)),
    );
  });

  it('keep the order of the classes in each row, and sum to 1', () => {
    const rows = Float32Array.of(0.96, 0.02, 0.011, 0.009, 0.25, 0.24, 0.26, 0.25);
    const found = unsmoothed(rows, 4, 0.1);
    for (const from of [0, 4]) {
      const order = (values: Float32Array) =>
        [0, 1, 2, 3].sort((a, b) => (values[from + b] ?? 0) - (values[from + a] ?? 0));
      assert.deepEqual(order(found), order(rows));
      const total = found.slice(from, from + 4).reduce((sum, value) => sum + value, 0);
      assert.ok(Math.abs(total - 1) < 1e-6);
    }
  });
});
