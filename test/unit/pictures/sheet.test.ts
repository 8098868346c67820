import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { loadModel } from '../../../src/engine/models/loadModel';
import { recognizePage, textOf } from '../../../src/engine/recognition/page';
import { recognizePicture } from '../../../src/engine/recognition/recognize';
import { normalizePhotograph } from '../../../src/pictures/photograph';
import { readPage } from '../../../src/pictures/page/readPage';
import { inkOfPage } from '../../../src/pictures/page/segment';
import { readPicture } from '../../../src/pictures/readPicture';
import { stacked } from '../../../src/pictures/page/stacked';
import { sheetCorners, withoutSurroundings } from '../../../src/pictures/sheet';
import { sharedCase } from '../shared';
import { photographOf } from './composedPhotograph';
import { likelyNowhere } from './page/nowhere';

const [WIDTH, HEIGHT] = [200, 160];

function picture(gray: (x: number, y: number) => number) {
  const pixels = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
    gray(at % WIDTH, Math.floor(at / WIDTH)),
  );
  return { width: WIDTH, height: HEIGHT, pixels };
}

/** A sheet, turned by some degrees, with a stroke on it. */
function sheetOn(desk: (x: number, y: number) => number, degrees: number) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return picture((x, y) => {
    const [u, v] = [(x - 100) * cos + (y - 80) * sin, (y - 80) * cos - (x - 100) * sin];
    if (Math.abs(u) > 60 || Math.abs(v) > 45) return desk(x, y);
    return Math.abs(u) < 3 && Math.abs(v) < 25 ? 30 : 240;
  });
}

describe('a sheet on something darker', () => {
  const desks: [string, (x: number, y: number) => number][] = [
    ['a dark desk', () => 50],
    ['a gray desk', () => 140],
    ['wood', (_, y) => 110 + 12 * (y % 4)],
    ['the black of a scan', () => 5],
  ];
  for (const [what, desk] of desks) {
    for (const degrees of [0, 4, -15]) {
      it(`is all that is seen: ${what}, turned by ${String(degrees)} degrees`, () => {
        const { pixels } = withoutSurroundings(sheetOn(desk, degrees));
        const dark = [...pixels.keys()].filter((at) => (pixels[at] ?? 0) < 200);
        assert.ok(dark.length > 200 && dark.length < 400, String(dark.length));
        for (const at of dark) assert.ok(Math.hypot((at % WIDTH) - 100, Math.floor(at / WIDTH) - 80) < 30);
      });
    }
  }

  it('is cut by the edge of the picture', () => {
    const cut = picture((x, y) => (y < 30 ? 8 : Math.abs(x - 100) < 3 && y > 60 && y < 110 ? 30 : 240));
    assert.equal(withoutSurroundings(cut).pixels[0], Math.round(cut.pixels.filter((v) => v > 200)[0] ?? 0));
  });

  const others: [string, (x: number, y: number) => number][] = [
    ['plain paper', (x, y) => (Math.abs(x - 100) < 4 && Math.abs(y - 80) < 40 ? 30 : 230)],
    ['a blackboard', (x, y) => (Math.abs(x - 100) < 4 && Math.abs(y - 80) < 60 ? 230 : 40)],
    ['a bold light ring', (x, y) => (Math.abs(Math.hypot(x - 100, y - 80) - 50) < 12 ? 240 : 10)],
    ['a bold light bar', (x, y) => (Math.abs(x - 100) < 22 && Math.abs(y - 80) < 70 ? 240 : 10)],
    ['a gray shadow on half of the paper', (x) => (x < 100 ? 230 : 190)],
    ['one light', () => 200],
  ];
  for (const [what, gray] of others) {
    it(`is not seen in ${what}`, () => {
      const same = picture(gray);
      assert.equal(withoutSurroundings(same), same);
    });
  }

  it('of another size than a photograph is the picture of a character', () => {
    const small = { width: 28, height: 28, pixels: new Uint8Array(784) };
    assert.equal(withoutSurroundings(small), small);
  });
});

describe('sheets on something darker', () => {
  /** Two sheets with a stroke each, their middles at these places. */
  const pair = (places: readonly (readonly [number, number])[]) =>
    picture((x, y) => {
      const on = places.find(([u, v]) => Math.abs(x - u) <= 40 && Math.abs(y - v) <= 32);
      if (!on) return 50;
      return Math.abs(x - on[0]) < 3 && Math.abs(y - on[1]) < 20 ? 30 : 240;
    });

  it('are all found, in the order in which one reads', () => {
    const middles = (places: readonly (readonly [number, number])[]) =>
      sheetCorners(pair(places)).map((corners) => [
        Math.round(corners.reduce((sum, { x }) => sum + x, 0) / 4),
        Math.round(corners.reduce((sum, { y }) => sum + y, 0) / 4),
      ]);
    assert.deepEqual(
      middles([
        [150, 80],
        [50, 76],
      ]),
      [
        [51, 77],
        [151, 81],
      ],
    );
    assert.deepEqual(
      middles([
        [60, 120],
        [110, 40],
      ]),
      [
        [111, 41],
        [61, 121],
      ],
    );
  });

  it('become one page, the paper of each as bright', () => {
    const sheet = (width: number, value: number) => ({
      width,
      height: 2,
      channels: 1 as const,
      data: new Uint8Array(2 * width).fill(value),
    });
    const page = stacked([sheet(3, 200), sheet(2, 100)]) ?? assert.fail();
    assert.deepEqual([page.width, page.height], [3, 4]);
    assert.deepEqual([...new Set(page.data)], [245]);
  });
});

describe('photographs that are composed', function () {
  this.timeout(120_000);
  const ROWS = [
    ['F7LCT', 'Z4JLF', 'TC7ZL'],
    ['4TF7Z', 'LCJ4T', '7FZCL'],
  ] as const;
  const photographs: [string, string, string][] = [
    [
      'two sheets side by side',
      photographOf([
        { x: 80, rows: ROWS[0] },
        { x: 640, rows: ROWS[1] },
      ]),
      [...ROWS[0], ...ROWS[1]].join('\n'),
    ],
    [
      "a notebook's spiral at the left",
      photographOf([{ x: 300, rows: ROWS[0], spiral: 'left' }]),
      ROWS[0].join('\n'),
    ],
    [
      "a notebook's spiral at the top",
      photographOf([{ x: 300, rows: ROWS[1], spiral: 'top' }]),
      ROWS[1].join('\n'),
    ],
  ];
  for (const [what, svg, text] of photographs) {
    it(`of ${what} are read, and nothing else`, async () => {
      await startWasm();
      const model = await loadModel(path.join('media', 'models', 'characters'));
      const options = { alphabet: 'alphanumeric', top: 1, likely: await likelyNowhere() };
      const bytes = await sharp(Buffer.from(svg)).blur(0.8).jpeg({ quality: 85 }).toBuffer();
      const { width, height, gray: pixels } = await readPage(bytes, what);
      const lines = await recognizePage(model, inkOfPage({ width, height, pixels }, {}), options);
      assert.equal(textOf(lines), text);
      model.dispose();
    });
  }
});

describe('photographs of sheets and notes', function () {
  this.timeout(120_000);
  const bundled = async () => {
    await startWasm();
    return loadModel(path.join('media', 'models', 'characters'));
  };

  for (const name of ['dark0', 'light3', 'plaindark0', 'scan-black-all', 'wood3']) {
    it(`G02/${name} has its three lines`, async function () {
      const file = sharedCase(this, 'G02', `${name}.jpg`);
      const model = await bundled();
      const options = { alphabet: 'alphanumeric', top: 1, likely: await likelyNowhere() };
      const { width, height, gray: pixels } = await readPage(await readFile(file), name);
      const lines = await recognizePage(model, inkOfPage({ width, height, pixels }, {}), options);
      assert.equal(textOf(lines), 'F7LCT\nZ4JLF\nTC7ZL');
      model.dispose();
    });
  }

  for (const [name, character] of [
    ['4-grey', '4'],
    ['7-wood', '7'],
    ['F-dark', 'F'],
    ['F-none', 'F'],
  ] as const) {
    it(`G03/${name} has its character`, async function () {
      const file = sharedCase(this, 'G03', `${name}.jpg`);
      const model = await bundled();
      const pixels = normalizePhotograph(await readPicture(file));
      const { candidates } = await recognizePicture(model, pixels, { alphabet: 'all', top: 1 });
      assert.equal(candidates[0]?.text, character);
      model.dispose();
    });
  }
});
