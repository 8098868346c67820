import assert from 'node:assert/strict';
import { scalePictures } from '../../../src/ink/scalePicture';

describe('scaling pictures', () => {
  const square = (side: number) => ({ height: side, width: side });

  it('leaves pictures of the right size as they are', () => {
    const pixels = Uint8Array.from([1, 2, 3, 4]);
    assert.equal(scalePictures(pixels, 1, square(2), square(2)), pixels);
  });

  it('keeps an even gray even, larger and smaller, in every picture', () => {
    const pixels = new Uint8Array(2 * 28 * 28).fill(90, 784);
    for (const side of [5, 14, 20, 48, 64]) {
      const scaled = scalePictures(pixels, 2, square(28), square(side));
      assert.ok(scaled.subarray(0, side * side).every((gray) => gray === 0));
      assert.ok(scaled.subarray(side * side).every((gray) => gray === 90));
    }
  });

  it('is linear between pixels when it enlarges', () => {
    const scaled = scalePictures(
      Uint8Array.from([0, 200]),
      1,
      { height: 1, width: 2 },
      { height: 1, width: 4 },
    );
    assert.deepEqual([...scaled], [0, 50, 150, 200]);
  });

  it('keeps the ink of a thin line when it reduces', () => {
    const pixels = Uint8Array.from({ length: 28 * 28 }, (_, at) => (at % 28 === 13 ? 255 : 0));
    const scaled = scalePictures(pixels, 1, square(28), square(14));
    const ink = scaled.reduce((sum, gray) => sum + gray, 0);
    assert.ok(Math.abs(ink - (28 * 255) / 4) < 28, String(ink));
  });
});
