import { Random } from '../../src/base/random';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { buildModel } from '../../src/engine/training/buildModel';
import { KernelTrainer } from '../../src/engine/training/kernelTrainer';
import { makeOptimizer } from '../../src/engine/training/optimizer';
import type { Batch, PictureTrainer } from '../../src/engine/training/pictureTrainer';
import { Trainer } from '../../src/engine/training/trainer';
import type { Network } from '../../src/networks/network';
import { runSettingsSchema } from '../../src/runs/runSettings';

const SETTINGS = runSettingsSchema.parse({});
const RATE = 0.001;
/** Steps that are not measured: code becomes fast in them. */
const WARM_UP = 4;
const FEWEST = 5;

/** Samples a second of both trainers, from the middle of their steps. */
export interface StepRates {
  readonly kernels: number;
  readonly wasm: number;
  /** Bytes that the kernels have for the network. */
  readonly bytes: number;
}

/**
 * Lets Scrawl's kernels and TensorFlow.js' wasm take the same steps by turns, so that whatever else the machine does
 * slows both alike.
 *
 * @param milliseconds to measure for, after the first steps
 */
export async function kernelSteps(
  network: Network,
  classes: number,
  milliseconds: number,
): Promise<StepRates> {
  const { threads } = await startWasm();
  const models = [buildModel(network, classes, 1), buildModel(network, classes, 1)] as const;
  const options = { ...SETTINGS, decoupledDecay: false, averageDecay: 0 };
  const wasm = new Trainer(models[0], makeOptimizer('adam', RATE), new Random(1), options);
  const kernels = await KernelTrainer.start(models[1], SETTINGS, new Random(1), threads);
  const batch = someSamples(network, classes);
  const times = { kernels: [] as number[], wasm: [] as number[] };
  let end = Infinity;
  for (let step = 0; performance.now() < end || times.wasm.length < FEWEST; step++) {
    if (step === WARM_UP) end = performance.now() + milliseconds;
    const found = { kernels: await timeOf(kernels, batch), wasm: await timeOf(wasm, batch) };
    if (step < WARM_UP) continue;
    times.kernels.push(found.kernels);
    times.wasm.push(found.wasm);
  }
  const { bytes } = kernels;
  await kernels.dispose();
  const rate = (each: readonly number[]) => (1000 * batch.size) / middle(each);
  return { kernels: rate(times.kernels), wasm: rate(times.wasm), bytes };
}

async function timeOf(trainer: PictureTrainer, batch: Batch): Promise<number> {
  const started = performance.now();
  await trainer.step(batch, RATE);
  return performance.now() - started;
}

const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;

/** Pictures with about as much ink as EMNIST's, each of a random class. */
function someSamples({ input }: Network, classes: number): Batch {
  const random = new Random(5);
  const size = SETTINGS.batchSize;
  const length = size * input[0] * input[1] * input[2];
  const x = Float32Array.from({ length }, () => (random.next() < 0.2 ? random.next() : 0));
  const y = new Float32Array(size * classes);
  for (let sample = 0; sample < size; sample++) y[sample * classes + random.integer(classes)] = 1;
  return { x, y, size };
}
