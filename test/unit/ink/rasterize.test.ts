import assert from 'node:assert/strict';
import { InkError } from '../../../src/ink/errors';
import type { Ink } from '../../../src/ink/ink';
import { PICTURE_SIZE, rasterize } from '../../../src/ink/rasterize';
import { scalePictures } from '../../../src/ink/scalePicture';

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

/** Rows and columns from the first to the last with ink over a quarter of full. */
function inkBox(picture: Uint8Array) {
  const inked = [...picture.keys()].filter((index) => (picture[index] ?? 0) > 64);
  const rows = inked.map((index) => Math.floor(index / PICTURE_SIZE));
  const columns = inked.map((index) => index % PICTURE_SIZE);
  return {
    top: Math.min(...rows),
    bottom: Math.max(...rows),
    left: Math.min(...columns),
    right: Math.max(...columns),
  };
}

const inkAmount = (picture: Uint8Array) => picture.reduce((sum, gray) => sum + gray, 0) / 255;

describe('ink to picture', () => {
  it('is 28x28, white on black, with a border of two pixels', () => {
    const picture = rasterize(cross);
    assert.equal(picture.length, 784);
    assert.deepEqual(inkBox(picture), { top: 2, bottom: 25, left: 2, right: 25 });
    assert.equal(picture[14 * 28 + 14], 255);
    assert.equal(picture[0], 0);
  });

  it('is of another side the same in proportion', () => {
    const small = rasterize(cross);
    const large = rasterize(cross, { side: 2 * PICTURE_SIZE });
    assert.equal(large.length, 4 * small.length);
    const reduced = scalePictures(large, 1, { height: 56, width: 56 }, { height: 28, width: 28 });
    const difference = small.reduce((sum, gray, index) => sum + Math.abs(gray - (reduced[index] ?? 0)), 0);
    assert.ok(difference / 255 < 0.12 * inkAmount(small), String(difference / 255));
    assert.ok(Math.abs(inkAmount(large) - 4 * inkAmount(small)) < 0.02 * inkAmount(large));
  });

  it('keeps the aspect and centers', () => {
    const upright = rasterize([
      [
        [50, 0],
        [50, 300],
      ],
    ]);
    const { top, bottom, left, right } = inkBox(upright);
    assert.equal(bottom - top, 23);
    assert.ok(right - left <= 3);
    assert.equal(left + right, 27);
  });

  it('does not depend on place, unit or order of the strokes', () => {
    const moved = cross.map((stroke) => stroke.map(([x, y]) => [1e4 + 0.01 * x, -500 + 0.01 * y] as const));
    assert.deepEqual(rasterize(moved), rasterize(cross));
    assert.deepEqual(rasterize([...cross].reverse()), rasterize(cross));
  });

  it('draws a single point, whatever its unit, as a dot that fills the box', () => {
    const dot = rasterize([[[7, 7]]]);
    assert.deepEqual(inkBox(dot), { top: 2, bottom: 25, left: 2, right: 25 });
    assert.deepEqual(rasterize([[[1e6, 0]]], { penWidth: 3 }), dot);
  });

  it('draws small ink bolder where the pen is known, as scanned forms do', () => {
    const small = cross.map((stroke) => stroke.map(([x, y]) => [x / 4, y / 4] as const));
    const large = inkAmount(rasterize(cross, { penWidth: 5 }));
    assert.ok(inkAmount(rasterize(small, { penWidth: 5 })) > 1.3 * large);
    assert.ok(inkAmount(rasterize(cross, { boldness: 1.5 })) > 1.2 * inkAmount(rasterize(cross)));
  });

  it('reads ink of a speck and of an astronomer alike, and a million points in one stroke', () => {
    const speck = cross.map((stroke) => stroke.map(([x, y]) => [x * 1e-12, y * 1e-12] as const));
    const vast = cross.map((stroke) => stroke.map(([x, y]) => [x * 1e100, y * 1e100] as const));
    assert.deepEqual(inkBox(rasterize(speck)), inkBox(rasterize(cross)));
    assert.deepEqual(inkBox(rasterize(vast)), inkBox(rasterize(cross)));
    const circle = Array.from({ length: 1e6 }, (_, i) => [Math.cos(i / 1e4), Math.sin(i / 1e4)] as const);
    assert.deepEqual(inkBox(rasterize([circle])), { top: 2, bottom: 25, left: 2, right: 25 });
  });

  it('refuses what is no ink with a sentence', () => {
    for (const ink of [
      [],
      [[]],
      [[[NaN, 0]]],
      [[[0, Infinity]]],
      [
        [
          [-1e308, 0],
          [1e308, 0],
        ],
      ],
    ] as Ink[]) {
      assert.throws(
        () => rasterize(ink),
        (error) => error instanceof InkError && /:.+\.$/.test(error.message),
      );
    }
  });
});
