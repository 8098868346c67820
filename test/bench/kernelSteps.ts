import { Random } from '../../src/base/random';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { buildModel } from '../../src/engine/training/buildModel';
import { KernelTrainer } from '../../src/engine/training/kernelTrainer';
import { makeOptimizer } from '../../src/engine/training/optimizer';
import type { Batch, PictureTrainer } from '../../src/engine/training/pictureTrainer';
import { Trainer } from '../../src/engine/training/trainer';
import type { Network } from '../../src/networks/network';
import { runSettingsSchema } from '../../src/runs/runSettings';
import { alternate, type StepRates } from './stepRates';

const SETTINGS = runSettingsSchema.parse({});
const RATE = 0.001;
/**
 * Lets Scrawl's kernels and TensorFlow.js' wasm take the same steps by turns.
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
  const step = (trainer: PictureTrainer) => () => trainer.step(batch, RATE);
  const steps = { kernels: step(kernels), wasm: step(wasm) };
  const rates = await alternate(batch.size, steps, milliseconds);
  const { bytes } = kernels;
  await kernels.dispose();
  return { ...rates, bytes };
}

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
