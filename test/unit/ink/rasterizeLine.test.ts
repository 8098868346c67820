import assert from 'node:assert/strict';
import { InkError } from '../../../src/ink/errors';
import type { Ink } from '../../../src/ink/ink';
import { rasterizeLine, usualAspect } from '../../../src/ink/rasterizeLine';

/** A zigzag, so many times as wide as it is high. */
const zigzag = (aspect: number, height = 10): Ink => [
  Array.from({ length: 21 }, (_, at) => [(at * aspect * height) / 20, at % 2 === 0 ? 0 : height] as const),
];

const SHAPE = { height: 32, width: 256 };

/** First and last column and row that have ink. */
function inkBox(pixels: Uint8Array) {
  const inked = [...pixels.keys()].filter((at) => (pixels[at] ?? 0) > 64);
  const rows = inked.map((at) => Math.floor(at / SHAPE.width));
  const columns = inked.map((at) => at % SHAPE.width);
  return {
    width: Math.max(...columns) - Math.min(...columns),
    height: Math.max(...rows) - Math.min(...rows),
  };
}

describe('the picture of a line', () => {
  it('keeps its shape: as large as it fits, and no wider than it was written', () => {
    const word = inkBox(rasterizeLine(zigzag(2), SHAPE));
    assert.ok(word.height >= 25 && Math.abs(word.width / word.height - 2) < 0.2, JSON.stringify(word));
    const line = inkBox(rasterizeLine(zigzag(20), SHAPE));
    assert.ok(line.width >= 240 && line.height < 16, JSON.stringify(line));
  });

  it('does not depend on the unit', () => {
    assert.deepEqual(rasterizeLine(zigzag(4, 1), SHAPE), rasterizeLine(zigzag(4, 1024), SHAPE));
  });

  it('of a dot is a dot, and of no ink a sentence', () => {
    const dot = rasterizeLine([[[3, 3]]], SHAPE);
    assert.ok(dot.some((gray) => gray > 128) && dot.filter((gray) => gray > 0).length < 30);
    assert.throws(() => rasterizeLine([[]], SHAPE), InkError);
  });
});

describe('the usual shape of lines', () => {
  it('is that of most of them, within bounds', () => {
    assert.equal(usualAspect([], 10), 1);
    assert.ok(Math.abs(usualAspect([zigzag(3), zigzag(3), zigzag(3), zigzag(3), [[]]], 10) - 3) < 1e-9);
    assert.equal(usualAspect([zigzag(40)], 10), 10);
    assert.equal(usualAspect([zigzag(0.5)], 10), 1);
  });
});
