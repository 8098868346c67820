import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { MyHandwriting } from '../../../src/datasets/store/myHandwriting';
import { Random } from '../../../src/base/random';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { loadNetworkModel } from '../../../src/engine/models/layersModel';
import { NewCharacters } from '../../../src/engine/personal/newCharacters';
import { ImageReader } from '../../../src/engine/recognition/image';
import { distort, HANDWRITING } from '../../../src/ink/distort';
import type { Ink } from '../../../src/ink/ink';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { handwritten } from '../../harness/writer';
import { LAMBDA } from './lambda';
import { likelyNowhere, NOWHERE } from '../pictures/page/nowhere';

describe('characters that only the user has drawn, in a picture', function () {
  this.timeout(120_000);
  let home: string;
  before(() => startWasm(1));
  beforeEach(async () => (home = await makeScratchFolder()));
  afterEach(() => removeScratchFolder(home));

  it('are found on its lines, in a box, and alone in it', async () => {
    const random = new Random(2);
    const lambda = () => distort(LAMBDA, HANDWRITING, random.next);
    const handwriting = new MyHandwriting(home);
    for (let time = 0; time < 5; time++) await handwriting.keep({ label: 'λ', ink: lambda(), penWidth: 6 });
    const model = await loadNetworkModel(path.join('media', 'models', 'characters'));
    const prototypes = await new NewCharacters(path.resolve('media', 'replay')).of(model, home);
    assert.equal(prototypes.length, 1);
    const reader = new ImageReader();
    const likely = await likelyNowhere();
    const read = async (name: string, inks: readonly Ink[], known = prototypes) => {
      const file = path.join(home, name);
      await writeFile(file, await pictureOf(inks));
      const common = { model: '', path: file, alphabet: 'all', top: 5 };
      const params = { ...common, place: NOWHERE, options: { pen: 'dark', threshold: 'otsu' } } as const;
      const signal = new AbortController().signal;
      const { lines } = await reader.recognize(model, params, { likely, prototypes: known, signal });
      return { params, characters: lines.flatMap(({ characters }) => characters) };
    };
    const firsts = (characters: { candidates: { text: string }[] }[]) =>
      characters.map(({ candidates }) => candidates[0]?.text).join('');

    const two = [lambda(), handwritten('A'), lambda()];
    const page = await read('page.png', two);
    assert.equal(firsts(page.characters), 'λAλ');
    assert.ok(!firsts((await read('page.png', two, [])).characters).includes('λ'));
    const boxes = page.characters.slice(0, 1).map(({ box }) => box);
    const { characters } = await reader.recognizeBoxes(
      model,
      { ...page.params, boxes, split: false },
      new AbortController().signal,
      prototypes,
    );
    assert.equal(firsts(characters), 'λ');
    assert.equal(firsts((await read('one.png', [lambda()])).characters), 'λ');
    model.dispose();
  });
});

/** Drawings beside each other on white paper, each 90 pixels high. */
function pictureOf(inks: readonly Ink[]): Promise<Buffer> {
  const size = { width: 60 + 130 * inks.length, height: 200 };
  const paths = inks.flatMap((ink, at) => {
    const [left, top, height] = bounds(ink);
    const place = ([x, y]: readonly [number, number, ...unknown[]]) =>
      `${String(50 + 130 * at + (90 * (x - left)) / height)},${String(55 + (90 * (y - top)) / height)}`;
    return ink.map((stroke) => `<polyline points="${stroke.map((point) => place(point)).join(' ')}"/>`);
  });
  const pen = 'fill="none" stroke="#223" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"';
  const paper = '<rect width="100%" height="100%" fill="#fff"/>';
  const svg = `<svg width="${String(size.width)}" height="${String(size.height)}">${paper}<g ${pen}>${paths.join('')}</g></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

function bounds(ink: Ink): [left: number, top: number, height: number] {
  const points = ink.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const top = Math.min(...ys);
  return [Math.min(...xs), top, Math.max(...ys) - top];
}
