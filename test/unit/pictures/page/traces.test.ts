import { Random } from '../../../../src/base/random';
import assert from 'node:assert/strict';
import { drawInk } from '../../../../src/ink/drawInk';
import type { Ink } from '../../../../src/ink/ink';
import { cutPart } from '../../../../src/pictures/page/cutting';
import { componentsOf } from '../../../../src/pictures/components';
import { skeletonOf } from '../../../../src/pictures/page/skeleton';
import { tracesOf } from '../../../../src/pictures/page/traces';

const [WIDTH, HEIGHT, PEN] = [120, 60, 5];

/** A picture of strokes that a pen draws. */
function drawn(ink: Ink) {
  const here = { scale: 1, from: { x: 0, y: 0 }, to: { x: 0, y: 0 } };
  const pixels = drawInk(ink, { width: WIDTH, height: HEIGHT }, here, { width: PEN, edge: 1 });
  return { width: WIDTH, height: HEIGHT, ink: pixels.map((value) => (value > 127 ? 1 : 0)) };
}

/** First and last point of each trace, in whole tens of pixels. */
const endsOf = (ink: Ink) =>
  tracesOf(drawn(ink), PEN).map((trace) =>
    [trace[0], trace.at(-1)].map((point) => point?.map((value) => 10 * Math.round(value / 10))),
  );

const across = [
  [20, 30],
  [60, 30],
] as const;
const down = [
  [40, 10],
  [40, 50],
] as const;

describe('the traces of a pen', () => {
  it('are as thin as a line, and hang together as the ink does', () => {
    const picture = drawn([across, down]);
    const thin = skeletonOf(picture);
    assert.equal(componentsOf(thin.ink, WIDTH).length, 1);
    const count = (mask: Uint8Array) => mask.reduce((sum, each) => sum + each, 0);
    assert.ok(count(thin.ink) < 85 && count(thin.ink) > 70, String(count(thin.ink)));
  });

  it('go straight on where they cross, from the left or from above', () => {
    const found = endsOf([across, down]);
    assert.deepEqual(found.sort(), [
      [
        [20, 30],
        [60, 30],
      ],
      [
        [40, 10],
        [40, 50],
      ],
    ]);
    assert.deepEqual(endsOf([across.toReversed(), down.toReversed()]).sort(), found);
  });

  it('end where one meets another from the side', () => {
    assert.deepEqual(
      endsOf([
        [
          [20, 10],
          [20, 50],
        ],
        [
          [20, 30],
          [60, 30],
        ],
      ]).sort(),
      [
        [
          [20, 10],
          [20, 50],
        ],
        [
          [20, 30],
          [60, 30],
        ],
      ],
    );
  });

  it('are a ring, and a dot', () => {
    const ring = Array.from({ length: 33 }, (_, at) => [
      30 + 20 * Math.sin((at * Math.PI) / 16),
      30 - 20 * Math.cos((at * Math.PI) / 16),
    ]) as unknown as Ink[number];
    const [round, dot, ...more] = tracesOf(drawn([ring, [[90, 30]]]), PEN);
    assert.deepEqual(more, []);
    assert.ok(round && Math.abs((round[0]?.[1] ?? 0) - 10) < 3, 'from its top');
    assert.ok(round.length > 80);
    assert.ok(dot?.every(([x, y]) => Math.abs(x - 90) < 3 && Math.abs(y - 30) < 3));
  });

  it('take letters apart that touch', () => {
    // an l that leans on a bar, and another behind it
    const picture = drawn([
      [
        [20, 10],
        [20, 50],
      ],
      [
        [20, 40],
        [70, 40],
      ],
      [
        [70, 10],
        [70, 50],
      ],
    ]);
    const [part, ...others] = componentsOf(picture.ink, WIDTH);
    assert.ok(part && others.length === 0);
    const pieces = cutPart(part, { width: WIDTH, penWidth: PEN, height: 54 });
    assert.equal(pieces.length, 3);
    assert.deepEqual(
      pieces.map(({ joined }) => joined),
      [false, true, true],
    );
    assert.equal(
      pieces.reduce((sum, { pixels }) => sum + pixels.length, 0),
      part.pixels.length,
    );
  });

  it('lose no ink that hangs on by a corner', () => {
    const { ink } = drawn([
      [
        [20, 10],
        [20, 50],
      ],
      [
        [20, 40],
        [70, 40],
      ],
    ]);
    ink[ink.indexOf(1) - WIDTH - 1] = 1;
    const [part, ...others] = componentsOf(ink, WIDTH);
    assert.ok(part && others.length === 0);
    const pieces = cutPart(part, { width: WIDTH, penWidth: PEN, height: 50 });
    assert.deepEqual(
      pieces.flatMap(({ pixels }) => pixels).sort((a, b) => a - b),
      part.pixels.toSorted((a, b) => a - b),
    );
  });

  it('are not looked for in a texture', () => {
    const [side, random] = [300, new Random(1)];
    const ink = Uint8Array.from({ length: side * side }, (_, at) => {
      const isInside = [at % side, Math.floor(at / side)].every((place) => place > 0 && place < side - 1);
      return isInside && random.next() < 0.5 ? 1 : 0;
    });
    assert.deepEqual(tracesOf({ width: side, height: side, ink }, PEN), []);
    const [part] = componentsOf(ink, side).sort((a, b) => b.pixels.length - a.pixels.length);
    assert.ok(part);
    assert.deepEqual(cutPart(part, { width: side, penWidth: PEN, height: 20 }), [{ ...part, joined: false }]);
  });
});
