import assert from 'node:assert/strict';
import { drawInk } from '../../../../src/ink/drawInk';
import type { Ink } from '../../../../src/ink/ink';
import { drawnInk } from '../../../../src/pictures/page/drawnInk';

const [WIDTH, HEIGHT, PEN] = [120, 60, 5];

function pageOf(ink: Ink) {
  const here = { scale: 1, from: { x: 0, y: 0 }, to: { x: 0, y: 0 } };
  const pixels = drawInk(ink, { width: WIDTH, height: HEIGHT }, here, { width: PEN, edge: 1 });
  return { width: WIDTH, height: HEIGHT, ink: pixels.map((value) => (value > 127 ? 1 : 0)) };
}

describe('the ink of a box of a page', () => {
  const page = pageOf([
    [
      [20, 10],
      [20, 50],
    ],
    [
      [20, 10],
      [40, 10],
    ],
    [
      [80, 30],
      [110, 30],
    ],
  ]);

  it('is the strokes that stand in it, where they stand, with the width of their pen', () => {
    const drawn = drawnInk(page, { left: 70, top: 0, right: 120, bottom: 60 });
    assert.equal(drawn?.ink.length, 1);
    const [stroke = []] = drawn.ink;
    const [first, last] = [stroke[0], stroke.at(-1)].map((point) =>
      point?.map((value) => Math.round(value / 10)),
    );
    assert.deepEqual(
      [first, last],
      [
        [8, 3],
        [11, 3],
      ],
    );
    assert.ok(Math.abs(drawn.penWidth - PEN) < 1.5, String(drawn.penWidth));
    const letter = drawnInk(page, { left: 10, top: 0, right: 60, bottom: 60 });
    assert.deepEqual(
      letter?.ink.flat().every(([x]) => x > 15 && x < 45),
      true,
    );
  });

  it('is none where there is none', () => {
    assert.equal(drawnInk(page, { left: 50, top: 0, right: 70, bottom: 60 }), undefined);
  });
});
