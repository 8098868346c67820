import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { personalizeStored } from '../../src/engine/personal/personalizeStored';
import { ownHandLines } from '../harness/ownHand';
import { makeScratchFolder, removeScratchFolder } from '../harness/scratch';
import { matrixProduct } from './matrixProduct';

const SAMPLES = 100;
const MODEL = path.resolve('media', 'models', 'characters');
const REPLAY = path.resolve('media', 'replay');

/** The bundled model learns a hand from 100 samples and the whole replay set, against a plain matrix product. */
async function main(): Promise<void> {
  const { threads } = await startWasm();
  const product = await matrixProduct();
  const home = await makeScratchFolder();
  try {
    const samples = path.join(home, 'hand.jsonl');
    await writeFile(samples, ownHandLines(SAMPLES));
    const used = process.cpuUsage();
    const started = performance.now();
    await personalizeStored({ home, bundled: MODEL, model: MODEL, samples, name: 'Mine' }, REPLAY);
    const milliseconds = performance.now() - started;
    const { user, system } = process.cpuUsage(used);
    console.log(`wasm on ${String(threads)} threads, ${String(SAMPLES)} samples`);
    console.log(`personalizing        ${(milliseconds / 1000).toFixed(1)} s`);
    console.log(`processor time       ${((user + system) / 1e6).toFixed(1)} s`);
    console.log(`512x512 by 512x512   ${product.toFixed(2)} ms`);
    console.log(`ratio                ${(milliseconds / product).toFixed(0)}`);
  } finally {
    await removeScratchFolder(home);
  }
}

void main();
