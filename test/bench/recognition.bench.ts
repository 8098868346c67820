import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { loadModel } from '../../src/engine/models/loadModel';
import { recognizeInk } from '../../src/engine/recognition/recognize';
import type { Ink } from '../../src/ink/ink';
import { matrixProduct, median } from './matrixProduct';

/** One recognition, from ink to candidates, against a plain product of two 512x512 matrices in the same run. */
async function main(): Promise<void> {
  const { threads } = await startWasm();
  const model = await loadModel(path.join('media', 'model'));
  const file = path.join('test', 'fixtures', 'chars74k-writer.json');
  const inks = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Ink>);
  let next = 0;
  const recognition = await median(async () => {
    await recognizeInk(model, inks[next++ % inks.length] ?? [], { alphabet: 'all', top: 5 });
  });
  const product = await matrixProduct();
  console.log(`wasm on ${String(threads)} threads; medians of many runs`);
  console.log(`one recognition      ${recognition.toFixed(2)} ms`);
  console.log(`512x512 by 512x512   ${product.toFixed(2)} ms`);
  console.log(`ratio                ${(recognition / product).toFixed(2)}`);
}

void main();
