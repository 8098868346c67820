import assert from 'node:assert/strict';
import { DIRECTIONS, directionMaps } from '../../../src/ink/directionMaps';
import type { Ink } from '../../../src/ink/ink';

const SIDE = 32;

/** The ink of each direction: along, falling, down, rising. */
function amounts(ink: Ink): number[] {
  const maps = directionMaps(ink, SIDE);
  return Array.from({ length: DIRECTIONS }, (_, direction) =>
    maps.reduce((sum, value, at) => (at % DIRECTIONS === direction ? sum + value : sum), 0),
  );
}

const largest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

describe('pictures of the directions of strokes', () => {
  it('tells along, falling, down and rising apart', () => {
    const strokes: Ink[] = [
      [
        [
          [0, 0],
          [10, 0],
        ],
      ],
      [
        [
          [0, 0],
          [10, 10],
        ],
      ],
      [
        [
          [0, 0],
          [0, 10],
        ],
      ],
      [
        [
          [0, 10],
          [10, 0],
        ],
      ],
    ];
    assert.deepEqual(
      strokes.map((ink) => largest(amounts(ink))),
      [0, 1, 2, 3],
    );
  });

  it('draws a stroke and its reverse alike', () => {
    const [forward, back] = [
      directionMaps(
        [
          [
            [0, 0],
            [3, 8],
            [10, 4],
          ],
        ],
        SIDE,
      ),
      directionMaps(
        [
          [
            [10, 4],
            [3, 8],
            [0, 0],
          ],
        ],
        SIDE,
      ),
    ];
    const apart = forward.reduce((sum, value, at) => sum + Math.abs(value - (back[at] ?? 0)), 0);
    assert.ok(apart < 0.1 * forward.reduce((sum, value) => sum + value, 0), `${String(apart)} apart`);
  });

  it('does not depend on the unit', () => {
    const ink: Ink = [
      [
        [0, 0],
        [3, 8],
        [10, 4],
      ],
    ];
    const large = ink.map((stroke) => stroke.map(([x, y]) => [1000 * x - 5, 1000 * y + 7] as const));
    assert.deepEqual(directionMaps(large, SIDE), directionMaps(ink, SIDE));
  });

  it('gives a dot all directions', () => {
    const [first, ...others] = amounts([[[4, 4]]]);
    assert.ok((first ?? 0) > 0);
    assert.deepEqual(others, [first, first, first]);
  });

  it('says what is wrong with ink that is empty', () => {
    assert.throws(() => directionMaps([], SIDE), /draw a character first/);
  });
});
