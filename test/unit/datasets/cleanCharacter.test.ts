import assert from 'node:assert/strict';
import { cleanCharacter } from '../../../src/pictures/cleanCharacter';
import { componentsOf } from '../../../src/pictures/components';
import { normalizePhotograph } from '../../../src/pictures/photograph';

const SIDE = 100;

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** A picture of filled boxes: `ink` on `paper`. */
function boxes(all: readonly Box[], ink: number, paper: number) {
  const pixels = new Float32Array(SIDE * SIDE).fill(paper);
  for (const [left, top, right, bottom] of all) {
    for (let row = top; row < bottom; row++) pixels.fill(ink, row * SIDE + left, row * SIDE + right);
  }
  return { width: SIDE, height: SIDE, pixels };
}

const STEM: Box = [48, 40, 52, 70];
const DOT: Box = [47, 30, 52, 34];

describe('components of a mask', () => {
  it('holds together what touches, corners included, and tells its box', () => {
    const rows = ['#..#', '.#..', '...#', '...#'];
    const found = componentsOf(
      Uint8Array.from(rows.join(''), (each) => (each === '#' ? 1 : 0)),
      4,
    );
    assert.deepEqual(
      found.map(({ pixels: { length }, left, top, right, bottom }) => [length, left, top, right, bottom]),
      [
        [2, 0, 0, 2, 2],
        [1, 3, 0, 4, 1],
        [2, 3, 2, 4, 4],
      ],
    );
  });

  it('walks a component of a million pixels', () => {
    assert.equal(componentsOf(new Uint8Array(1e6).fill(1), 1000)[0]?.pixels.length, 1e6);
  });
});

describe('a character among other things in a picture', () => {
  const disturbances: readonly [string, Box][] = [
    ['a ruled line under it', [0, 80, SIDE, 83]],
    ['a piece of a ruled line at the edge', [60, 80, SIDE, 82]],
    ['a neighbor that stands in from the left', [0, 45, 8, 60]],
    ['the line below', [30, 97, 60, SIDE]],
    ['a speck', [70, 20, 71, 22]],
  ];
  for (const [name, disturbance] of disturbances) {
    it(`is freed of ${name}`, () => {
      const clean = cleanCharacter(boxes([STEM, DOT, disturbance], 200, 0), 100);
      assert.deepEqual(clean, boxes([STEM, DOT], 200, 0));
      const photographed = normalizePhotograph(boxes([STEM, DOT, disturbance], 40, 220));
      assert.deepEqual(photographed, normalizePhotograph(boxes([STEM, DOT], 40, 220)));
    });
  }

  it('keeps its dot, and all of its parts', () => {
    const parts: Box[] = [
      [20, 40, 60, 45],
      [20, 60, 60, 65],
    ];
    for (const character of [[STEM, DOT], parts]) {
      const picture = boxes(character, 200, 0);
      assert.equal(cleanCharacter(picture, 100), picture);
    }
  });

  it('is kept where it fills the picture from edge to edge', () => {
    for (const character of [
      [48, 0, 52, SIDE],
      [0, 48, SIDE, 52],
    ] as const) {
      const picture = boxes([character], 200, 0);
      assert.equal(cleanCharacter(picture, 100), picture);
    }
  });

  it('is empty where there is nothing', () => {
    const empty = boxes([], 200, 0);
    assert.equal(cleanCharacter(empty, 100), empty);
  });
});
