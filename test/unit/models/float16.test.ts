import assert from 'node:assert/strict';
import { toFloat16 } from '../../../src/models/float16';

const bits = (value: number) => toFloat16(Float32Array.of(value))[0];

describe('half precision', () => {
  it('has the bits that numpy gives', () => {
    const expected: [number, number][] = [
      [0, 0x0000],
      [-0, 0x8000],
      [1, 0x3c00],
      [-2, 0xc000],
      [0.1, 0x2e66],
      [65504, 0x7bff],
      [65520, 0x7c00],
      [1e9, 0x7c00],
      [6.103515625e-5, 0x0400],
      [6.097555160522461e-5, 0x03ff],
      [5.960464477539063e-8, 0x0001],
      [2e-8, 0x0000],
      [Infinity, 0x7c00],
      [1.00048828125, 0x3c00],
      [1.00146484375, 0x3c02],
    ];
    for (const [value, half] of expected) assert.equal(bits(value), half, String(value));
    assert.equal(((bits(NaN) ?? 0) & 0x7c00) === 0x7c00 && ((bits(NaN) ?? 0) & 0x3ff) !== 0, true);
  });
});
