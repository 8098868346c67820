import assert from 'node:assert/strict';
import { RateRange } from '../../../src/metrics/rateRange';

/** Rates from 1e-6 to 10, evenly in their logarithm, with a loss of each until it diverges. */
function ranged(lossOf: (exponent: number) => number): RateRange {
  const range = new RateRange();
  for (let step = 0; step <= 140 && !range.hasDiverged; step++) {
    const exponent = -6 + step / 20;
    range.add(10 ** exponent, lossOf(exponent));
  }
  return range;
}

describe('a test of learning rates', () => {
  it('suggests the rate at which the loss falls fastest', () => {
    // falls around 1e-3, and grows from 1e-1 on
    const range = ranged((exponent) => 2 - 1.5 / (1 + Math.exp(-6 * (exponent + 3))) + 10 ** (exponent + 1));
    const exponent = Math.log10(range.suggestion ?? 0);
    // smoothing looks back by about half a decade
    assert.ok(exponent >= -3 && exponent <= -2.4, String(exponent));
  });

  it('ends where the loss diverges', () => {
    const range = ranged((exponent) => (exponent < -1 ? 2 : 2000));
    assert.equal(range.hasDiverged, true);
    const { rate = 0 } = range.points.at(-1) ?? {};
    assert.ok(rate >= 0.1 && rate < 0.2, String(rate));
    const broken = ranged((exponent) => (exponent < -2 ? 2 : NaN));
    assert.equal(broken.hasDiverged, true);
    assert.ok((broken.points.at(-1)?.rate ?? 0) < 0.02);
  });

  it('frees the first means of the nothing that they start with', () => {
    const range = ranged(() => 3);
    for (const { smoothed } of range.points) assert.ok(Math.abs(smoothed - 3) < 1e-9);
    assert.equal(range.hasDiverged, false);
  });

  it('suggests nothing where the loss never falls', () => {
    assert.equal(ranged((exponent) => 10 + exponent).suggestion, undefined);
    assert.equal(new RateRange().suggestion, undefined);
  });
});
