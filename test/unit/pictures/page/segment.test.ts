import assert from 'node:assert/strict';
import { PictureError } from '../../../../src/pictures/errors';
import { clearestChannel } from '../../../../src/pictures/page/channel';
import { cutInTwo } from '../../../../src/pictures/page/cutting';
import { inkIn } from '../../../../src/pictures/page/inkIn';
import { componentsOf } from '../../../../src/pictures/components';
import { ruledLines } from '../../../../src/pictures/page/ruledLines';
import { inkOfPage, segmentPage } from '../../../../src/pictures/page/segment';
import { textLines } from '../../../../src/pictures/page/textLines';

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** A picture of filled boxes on paper. */
function boxes(
  width: number,
  height: number,
  all: readonly Box[],
  paper: number | ((x: number) => number),
  ink = 40,
) {
  const light = typeof paper === 'number' ? () => paper : paper;
  const pixels = Uint8Array.from({ length: width * height }, (_, at) => light(at % width));
  for (const [left, top, right, bottom] of all) {
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        pixels[row * width + column] = Math.min(255, (light(column) * ink) / 200);
      }
    }
  }
  return { width, height, pixels };
}

/** Upright bars as tall as letters, in rows. */
const bars = (rows: readonly number[], columns: readonly number[]): Box[] =>
  rows.flatMap((top) => columns.map((left): Box => [left, top, left + 6, top + 40]));

const COLUMNS = [40, 80, 120, 200, 240, 280];

describe('the ink of a page', () => {
  it('is the same in full light, in shade, and of a light pen', () => {
    const all = bars([40, 140], COLUMNS);
    const even = inkOfPage(boxes(400, 240, all, 200), {});
    const shaded = inkOfPage(
      boxes(400, 240, all, (x) => 210 - x / 3),
      {},
    );
    const light = boxes(400, 240, all, 200);
    const board = { ...light, pixels: light.pixels.map((value) => 255 - value) };
    assert.deepEqual(shaded.ink, even.ink);
    assert.deepEqual(inkOfPage(board, {}).ink, even.ink);
    assert.equal(
      even.ink.reduce((sum, inked) => sum + inked, 0),
      all.length * 6 * 40,
    );
  });

  it('is none on empty paper, which is said', () => {
    assert.throws(() => inkOfPage(boxes(200, 200, [], 220), {}), PictureError);
  });

  it('holds no ruled line, but the strokes that cross it whole', () => {
    const lines: Box[] = [60, 120, 160].map((top) => [0, top, 400, top + 2]);
    const ruled = inkOfPage(boxes(400, 240, [...lines, ...bars([40, 140], COLUMNS)], 200), {});
    const plain = inkOfPage(boxes(400, 240, bars([40, 140], COLUMNS), 200), {});
    assert.deepEqual(ruled.ink, plain.ink);
  });

  it('keeps long strokes of characters', () => {
    const ink = new Uint8Array(400 * 100);
    // a dash, and the bar of a T
    ink.fill(1, 50 * 400 + 30, 50 * 400 + 90);
    ink.fill(1, 30 * 400 + 150, 30 * 400 + 230);
    assert.ok(!ruledLines({ width: 400, height: 100, ink }).includes(1));
  });
});

describe('the lines of a page', () => {
  it('are found from top to bottom, their parts from left to right, sloping or not', () => {
    for (const slope of [0, 0.08, -0.08]) {
      const parts = [0, 1, 2].flatMap((line) =>
        Array.from({ length: 12 }, (_, at) => {
          const left = 30 + at * 35;
          const top = 100 + line * 70 + slope * left + (at % 3) * 4;
          return { left, right: left + 20, top, bottom: top + 30, name: `${line}.${at}` };
        }),
      );
      const lines = textLines([...parts].reverse(), 30);
      assert.deepEqual(
        lines.map((line) => line.parts.map(({ name }) => name)),
        [0, 1, 2].map((line) => Array.from({ length: 12 }, (_, at) => `${line}.${at}`)),
      );
      for (const line of lines)
        assert.ok(Math.abs(line.slope - slope) < 0.01, `${line.slope} is not ${slope}`);
    }
  });

  it('take dots and commas to the characters that they stand at', () => {
    const body = { left: 20, right: 40, top: 100, bottom: 130 };
    const others = Array.from({ length: 5 }, (_, at) => ({
      ...body,
      left: 60 + 40 * at,
      right: 80 + 40 * at,
    }));
    const below = [body, ...others].map((box) => ({ ...box, top: box.top + 70, bottom: box.bottom + 70 }));
    const dot = { left: 28, right: 32, top: 90, bottom: 94 };
    const comma = { left: 45, right: 49, top: 128, bottom: 136 };
    const [first, second] = textLines([body, ...others, ...below, dot, comma], 30);
    assert.ok(first?.parts.includes(dot) && first.parts.includes(comma));
    assert.equal(second?.parts.length, 6);
  });
});

describe('what hangs together', () => {
  it('is cut where it is thin when it is too wide for one character', () => {
    const joined: Box[] = [
      [40, 40, 46, 80],
      [46, 76, 100, 80],
      [100, 40, 106, 80],
    ];
    const mask = inkOfPage(boxes(300, 160, [...joined, ...bars([40], [160, 200, 240])], 200), {});
    const { lines } = segmentPage(mask);
    const [left, ...others] = lines[0]?.fragments ?? [];
    assert.equal(left?.joined, false);
    assert.ok(others.filter((fragment) => fragment.joined).length >= 1);
  });

  it('is cut in two near its middle', () => {
    const ink = new Uint8Array(60 * 20);
    for (let row = 0; row < 20; row++) {
      ink.fill(1, row * 60 + 5, row * 60 + 20);
      ink.fill(1, row * 60 + 30, row * 60 + 50);
    }
    ink.fill(1, 10 * 60 + 20, 10 * 60 + 30);
    const [part] = componentsOf(ink, 60);
    assert.ok(part);
    const [left, right] = cutInTwo(part, 60) ?? [];
    assert.ok(left && right && left.right >= 20 && left.right <= 30 && right.left === left.right);
  });

  it("is a box's own only where enough of it lies in the box", () => {
    const ink = new Uint8Array(100 * 40);
    for (let row = 5; row < 35; row++) {
      ink.fill(1, row * 100 + 10, row * 100 + 20);
      ink.fill(1, row * 100 + 24, row * 100 + 60);
    }
    const own = inkIn({ width: 100, height: 40, ink }, { left: 5, top: 0, right: 28, bottom: 40 });
    assert.deepEqual([own.left, own.top, own.right, own.bottom], [10, 5, 20, 35]);
  });
});

describe('a color page', () => {
  it('is looked at where the pen stands out most', () => {
    const [width, height] = [200, 100];
    const colors = (pen: readonly number[]) => {
      const data = new Uint8Array(3 * width * height);
      for (let at = 0; at < width * height; at++) {
        const inked = at % 40 < 3 && at % width > 20;
        data.set(inked ? pen : [235, 225, 90], 3 * at);
      }
      return { width, height, channels: 3, data };
    };
    // a pale blue pen on yellow paper is darkest in red; a red one, in green
    assert.equal(clearestChannel(colors([120, 190, 90])).channel, 'red');
    assert.equal(clearestChannel(colors([235, 120, 90])).channel, 'green');
  });
});
