import assert from 'node:assert/strict';
import { withoutBinding } from '../../../../src/pictures/page/binding';
import type { Component } from '../../../../src/pictures/components';

const PAGE = { width: 400, height: 600 };

function part(left: number, top: number, width: number, height: number): Component {
  return { left, top, right: left + width, bottom: top + height, pixels: [top * PAGE.width + left] };
}

const holes = Array.from({ length: 20 }, (_, at) => part(8, 15 + 30 * at, 14, 14));
const writing = [part(60, 100, 20, 30), part(90, 100, 20, 30), part(60, 180, 20, 30)];

describe('the binding of a notebook', () => {
  it('is no writing, on any edge', () => {
    const turns: ((each: Component) => Component)[] = [
      (each) => each,
      (each) => ({ ...each, left: PAGE.width - each.right, right: PAGE.width - each.left }),
    ];
    for (const turn of turns) {
      const page = [...holes, ...writing].map(turn);
      assert.deepEqual(withoutBinding(page, PAGE), writing.map(turn));
    }
    const turned = (each: Component) => ({
      ...each,
      ...{ left: each.top, top: each.left, right: each.bottom, bottom: each.right },
    });
    const page = { width: PAGE.height, height: PAGE.width };
    assert.deepEqual(withoutBinding([...holes, ...writing].map(turned), page), writing.map(turned));
  });

  it('is not seen in a grid of characters, nor at the beginnings of lines that go on', () => {
    const grid = Array.from({ length: 400 }, (_, at) =>
      part(4 + 20 * (at % 20), 8 + 30 * Math.floor(at / 20), 12, 16),
    );
    assert.equal(withoutBinding(grid, PAGE).length, 400);
    const lines = Array.from({ length: 20 * 14 }, (_, at) =>
      part(6 + 16 * (at % 14), 15 + 28 * Math.floor(at / 14), 12, 14),
    );
    assert.equal(withoutBinding(lines, PAGE).length, lines.length);
  });

  it('is not seen in lines that begin alike, in few marks, or in marks of any size and place', () => {
    const others = [
      Array.from({ length: 12 }, (_, at) => part(8, 10 + 48 * at, 8, 10)),
      holes.slice(0, 8),
      holes.map((each, at) => ({
        ...each,
        top: each.top - 9 * (at % 2),
        bottom: each.bottom + 9 * (at % 3),
      })),
    ];
    for (const marks of others)
      assert.equal(withoutBinding([...marks, ...writing], PAGE).length, marks.length + 3);
  });
});
