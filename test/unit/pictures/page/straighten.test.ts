import assert from 'node:assert/strict';
import { straightened } from '../../../../src/pictures/page/straighten';

const [WIDTH, HEIGHT] = [400, 300];
const CORNERS = [
  { x: 60, y: 30 },
  { x: 350, y: 60 },
  { x: 330, y: 270 },
  { x: 40, y: 240 },
] as const;

describe('a sheet that was photographed from the side', () => {
  it('is a rectangle with its corners, and straight lines stay straight', () => {
    // bright along the line from the first corner to the third, in all channels
    const data = new Uint8Array(WIDTH * HEIGHT * 3);
    const [a, , c] = CORNERS;
    for (let at = 0; at < WIDTH * HEIGHT; at++) {
      const [x, y] = [(at % WIDTH) + 0.5, Math.floor(at / WIDTH) + 0.5];
      const across = ((c.x - a.x) * (y - a.y) - (c.y - a.y) * (x - a.x)) / Math.hypot(c.x - a.x, c.y - a.y);
      if (Math.abs(across) < 3) data.fill(255, 3 * at, 3 * at + 3);
    }
    const sheet = straightened({ width: WIDTH, height: HEIGHT, channels: 3, data }, CORNERS);
    assert.ok(Math.abs(sheet.width - 291) < 3 && Math.abs(sheet.height - 211) < 3);
    // from corner to corner is the diagonal of the rectangle
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const at = Math.floor(share * sheet.height) * sheet.width + Math.floor(share * sheet.width);
      assert.equal(sheet.data[3 * at], 255, `at ${String(share)}`);
      assert.equal(sheet.data[3 * (at + Math.round(0.1 * sheet.width))], 0);
    }
  });
});
