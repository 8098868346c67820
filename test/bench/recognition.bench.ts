import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { loadModel } from '../../src/engine/models/loadModel';
import { InkReader, type InkRequest } from '../../src/engine/recognition/inkReader';
import { loadLineModel } from '../../src/engine/recognition/lineModel';
import { PlaceTexts } from '../../src/engine/recognition/placeTexts';
import { recognizeInk } from '../../src/engine/recognition/recognize';
import type { Ink } from '../../src/ink/ink';
import { boundsOf } from '../../src/ink/rasterize';
import { matrixProduct, median } from './matrixProduct';

const FILE = path.join('test', 'fixtures', 'chars74k-writer.json');
const DRAWN = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Ink>;
/** What stands before the cursor: names that are likely again. */
const BEFORE = 'export function measure(lines: Line[], most = 20): Score {\n  const read = [];\n'.repeat(40);

/** Characters of one writer beside each other; each time a little wider, so that nothing is remembered. */
function written(text: string, round: number): Ink {
  let x = 0;
  return [...text].flatMap((character) => {
    const ink = DRAWN[character] ?? [];
    const { left, right, bottom } = boundsOf(ink);
    const moved = ink.map((stroke) =>
      stroke.map(([px, py]) => [(px - left) * (1 + round / 1000) + x, py - bottom] as const),
    );
    x += right - left + 40;
    return moved;
  });
}

/** From ink to readings, against a plain product of two 512x512 matrices in the same run. */
async function main(): Promise<void> {
  const { threads } = await startWasm();
  const characters = await loadModel(path.join('media', 'models', 'characters'));
  const lines = await loadLineModel(path.join('media', 'models', 'lines'));
  const place = { before: BEFORE, after: '', language: 'typescript', offered: [], given: [], elsewhere: [] };
  const likely = await new PlaceTexts(path.join('media', 'language')).at(place);
  const reader = new InkReader();
  const common = {
    characters,
    lines,
    likely,
    prototypes: [],
    alphabet: 'all',
    top: 5,
    mode: 'auto',
  } as const;
  const reading = (texts: readonly string[]) => {
    let round = 0;
    return median(async () => {
      const ink = written(texts[round++ % texts.length] ?? '', round % 50);
      await reader.read({ ...common, ink } satisfies InkRequest);
    });
  };
  const inks = Object.values(DRAWN);
  let next = 0;
  const picture = await median(async () => {
    await recognizeInk(characters, inks[next++ % inks.length] ?? [], { alphabet: 'all', top: 5 });
  });
  const rows = [
    ['network of characters', picture],
    ['one character', await reading(['A', '3', 'h', '7'])],
    ['a word', await reading(['h37A7', 'A3hh7'])],
    ['a line of 20', await reading(['A37h7A3h37hA73A7h3A7', '37hA73A7h3A7A37h7A3h'])],
  ] as const;
  const product = await matrixProduct();
  console.log(`wasm on ${String(threads)} threads; medians of many runs, from ink to readings`);
  for (const [name, milliseconds] of rows) {
    console.log(
      `${name.padEnd(22)} ${milliseconds.toFixed(2)} ms, ratio ${(milliseconds / product).toFixed(2)}`,
    );
  }
  console.log(`512x512 by 512x512     ${product.toFixed(2)} ms`);
}

void main();
