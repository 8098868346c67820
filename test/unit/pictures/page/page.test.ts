import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PictureError } from '../../../../src/pictures/errors';
import { openFiles } from '../../../../src/datasets/files';
import { readPage } from '../../../../src/pictures/page/readPage';
import { inkOfPage } from '../../../../src/pictures/page/segment';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import type { LoadedModel } from '../../../../src/engine/models/loadedModel';
import { loadModel } from '../../../../src/engine/models/loadModel';
import { ImageReader } from '../../../../src/engine/recognition/image';
import { recognizeBoxes, recognizePage, textOf } from '../../../../src/engine/recognition/page';
import type { LikelyText } from '../../../../src/language/likelyText';
import { ModelError } from '../../../../src/models/errors';
import { sharedFile } from '../../shared';
import { type ComposedPage, Composer, type Composition, type Paper } from './composedPage';
import { inkLines } from './inkLines';
import { likelyNowhere, NOWHERE } from './nowhere';
import { matched } from './scores';

const OPTIONS = { alphabet: 'alphanumeric', top: 5 };
const LINES = ['Bold Text 90', 'some by hand', 'ENDE 2468'];

async function inkOf(png: Buffer, threshold?: 'otsu' | 'local') {
  const { width, height, gray: pixels } = await readPage(png, 'page.png');
  return inkOfPage({ width, height, pixels }, { threshold });
}

describe('a page of photographed characters', () => {
  let model: LoadedModel;
  let composer: Composer;
  let likely: LikelyText;
  before(async function () {
    composer = new Composer(await openFiles(sharedFile(this, 'photos', 'handwritten-characters-62x50.zip')));
    await startWasm();
    likely = await likelyNowhere();
    model = await loadModel(path.join('media', 'models', 'characters'));
  });

  const compose = (changes: Partial<Composition> = {}) =>
    composer.compose({ lines: LINES, paper: 'white', seed: 7, ...changes });

  /** Where each character of a page was found, and what it was read as. */
  async function read(page: ComposedPage, threshold?: 'otsu' | 'local') {
    const lines = await recognizePage(model, await inkOf(page.png, threshold), { ...OPTIONS, likely });
    const found = lines.flatMap(({ characters }) => characters);
    const places = matched(
      page.characters,
      found.map(({ box }) => box),
    );
    const right = page.characters.filter(
      ({ text }, at) => found[places[at] ?? -1]?.candidates[0]?.text === text,
    );
    return { lines, found, places, right: right.length };
  }

  const papers: readonly Paper[] = ['white', 'shadow', 'yellow', 'ruled', 'squared', 'board'];
  for (const [index, paper] of papers.entries()) {
    const slope = [0, 0.06, -0.06][index % 3] ?? 0;
    it(`finds and reads them in reading order, ${paper}, lines that fall by ${slope}`, async () => {
      const page = await compose({ paper, slope });
      const { lines, found, places, right } = await read(page);
      const count = page.characters.length;
      const there = places.filter((place) => place >= 0);
      console.log(
        `      ${there.length} of ${count} found, ${found.length - there.length} too many, ${right} right`,
      );
      assert.ok(there.length >= 0.9 * count, 'too few of the characters were found');
      assert.ok(found.length - there.length <= 0.1 * count, 'too much was found');
      assert.ok(right >= 0.7 * count, 'too few of the characters were read right');
      assert.deepEqual(
        there,
        [...there].sort((a, b) => a - b),
      );
      assert.equal(lines.length, LINES.length);
      assert.deepEqual(
        textOf(lines)
          .split('\n')
          .map((line) => line.split(' ').length),
        LINES.map((line) => line.split(' ').length),
      );
    });
  }

  for (const [pen, bolder, onSquares] of [
    ['a thin', -1, 0.85],
    ['a thick', 2, 0.85],
    // its letters touch, and squares cut them where they are thin
    ['a marker’s', 4, 0.8],
  ] as const) {
    it(`finds and reads them, drawn with ${pen} pen`, async () => {
      // on squares that are as wide as the strokes of a thin pen some characters lose a stroke
      for (const [paper, least, right] of [
        ['white', 0.9, 0.7],
        ['squared', onSquares, 0.6],
      ] as const) {
        const page = await compose({ paper, bolder });
        const found = await read(page);
        const count = page.characters.length;
        const there = found.places.filter((place) => place >= 0).length;
        const tooMany = found.found.length - there;
        const said = `${paper}: ${there} of ${count} found, ${tooMany} too many, ${found.right} right`;
        console.log(`      ${said}`);
        assert.ok(there >= least * count && tooMany <= (1 - least) * count, said);
        assert.ok(found.right >= right * count, said);
      }
    });
  }

  it('follows strokes that fade where it is told to', async () => {
    const { places, right } = await read(await compose({ paper: 'shadow' }), 'local');
    assert.ok(places.filter((place) => place >= 0).length >= 0.9 * places.length);
    assert.ok(right >= 0.7 * places.length);
  });

  it('reads a box as one character, cuts it in two, and leaves out what stands into it', async () => {
    const page = await compose();
    const mask = await inkOf(page.png);
    const [first, second] = page.characters;
    assert.ok(first && second);
    const both = { ...first, right: second.right, top: Math.min(first.top, second.top) };
    const [one] = await recognizeBoxes(model, mask, [first], OPTIONS);
    assert.equal(one?.candidates.length, 5);
    assert.deepEqual(matched([first], [one.box], 0.7), [0]);
    const two = await recognizeBoxes(model, mask, [both], { ...OPTIONS, split: true });
    assert.deepEqual(
      matched(
        [first, second],
        two.map(({ box }) => box),
      ),
      [0, 1],
    );
    const [into] = await recognizeBoxes(model, mask, [{ ...first, right: second.left + 4 }], OPTIONS);
    assert.deepEqual(into?.box, one.box);
    assert.deepEqual(
      await recognizeBoxes(model, mask, [{ left: 0, top: 0, right: 9, bottom: 9 }], OPTIONS),
      [],
    );
  });

  it('stops where it is told to', async () => {
    const mask = await inkOf((await compose()).png);
    await assert.rejects(recognizePage(model, mask, { ...OPTIONS, likely, signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
  });

  it('refuses an alphabet that the model does not know', async () => {
    const mask = await inkOf((await compose()).png);
    await assert.rejects(recognizePage(model, mask, { alphabet: '☃', top: 1, likely }), ModelError);
  });
});

describe('lines of ink, drawn as a scan', () => {
  it('are found symbol by symbol', async function () {
    const files = await openFiles(sharedFile(this, 'ink', 'crohme-2013-train-part.zip'));
    await startWasm();
    const model = await loadModel(path.join('media', 'models', 'characters'));
    const likely = await likelyNowhere();
    let [symbolCount, there, foundCount, right] = [0, 0, 0, 0];
    for await (const { png, symbols } of inkLines(files, 110)) {
      const lines = await recognizePage(model, await inkOf(png), { alphabet: 'all', top: 5, likely });
      const found = lines.flatMap(({ characters }) => characters);
      const places = matched(
        symbols,
        found.map(({ box }) => box),
      );
      symbolCount += symbols.length;
      foundCount += found.length;
      there += places.filter((place) => place >= 0).length;
      right += symbols.filter(({ text }, at) => found[places[at] ?? -1]?.candidates[0]?.text === text).length;
    }
    console.log(`      ${there} of ${symbolCount} found, ${foundCount - there} too many, ${right} right`);
    assert.ok(symbolCount > 20);
    assert.ok(there >= 0.8 * symbolCount, 'too few of the symbols were found');
    assert.ok(foundCount - there <= 0.2 * symbolCount, 'too much was found');
  });
});

describe('pictures of one character', () => {
  it('are read as one, whatever stands in from their edges', async function () {
    const files = await openFiles(sharedFile(this, 'photos', 'handwritten-characters-62x50.zip'));
    await startWasm();
    const model = await loadModel(path.join('media', 'models', 'characters'));
    const folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    const names = files.names.filter((name) => /(upper-[ABR]|lower-[aeg]|digit-[237])\/.*4\.png$/.test(name));
    const likely = await likelyNowhere();
    let [one, right] = [0, 0];
    try {
      for (const name of names) {
        const file = path.join(folder, 'one.png');
        await writeFile(file, await files.read(name));
        const params = {
          model: '',
          path: file,
          ...OPTIONS,
          place: NOWHERE,
          options: { pen: 'auto', threshold: 'otsu' } as const,
        };
        const known = { likely, prototypes: [], signal: new AbortController().signal };
        const { lines } = await new ImageReader().recognize(model, params, known);
        const found = lines.flatMap(({ characters }) => characters);
        if (found.length === 1) one++;
        if (found[0]?.candidates[0]?.text === name.split('/').at(-2)?.at(-1)) right++;
      }
    } finally {
      await rm(folder, { recursive: true });
    }
    console.log(`      ${names.length} pictures, ${one} of one character, ${right} right`);
    assert.ok(names.length >= 30);
    assert.ok(one >= 0.85 * names.length);
    assert.ok(right >= 0.7 * names.length);
  });
});

describe('a picture that is no page', () => {
  it('is refused with a sentence', async () => {
    await assert.rejects(readPage(Buffer.from('no picture'), 'a.png'), PictureError);
    await assert.rejects(readPage('nowhere.png'), PictureError);
  });
});
