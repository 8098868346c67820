import { Random } from '../../base/random';
import type { Network } from '../../networks/network';
import { runSettingsSchema } from '../../runs/runSettings';
import { NotInKernels } from '../backends/kernels/chain';
import { buildModel } from './buildModel';
import { KernelTrainer } from './kernelTrainer';
import { makeOptimizer } from './optimizer';
import type { Batch, PictureTrainer } from './pictureTrainer';
import { Trainer } from './trainer';

/** What the kernels are tried with when a process first needs them: all that they do, but dropout's chance. */
const TRIED: Network = {
  name: 'tried',
  input: [14, 14, 1],
  layers: [
    { type: 'conv2d', filters: 8, kernelSize: 5, strides: 2, padding: 'same', activation: 'relu' },
    { type: 'conv2d', filters: 12, kernelSize: 3, padding: 'same', activation: 'tanh' },
    { type: 'batchNormalization' },
    { type: 'separableConv2d', filters: 6, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'layerNormalization' },
    { type: 'prelu' },
    { type: 'zeroPadding2d', padding: 1 },
    { type: 'conv2d', filters: 8, kernelSize: 3, activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
    { type: 'averagePooling2d', poolSize: 2, strides: 1 },
    { type: 'flatten' },
    { type: 'dense', units: 16, activation: 'relu' },
  ],
};
const CLASSES = 5;
const SAMPLES = 6;
const STEPS = 4;
/** As far as two backends may be apart. */
const TOLERANCE = 1e-3;

let checked: Promise<void> | undefined;

/**
 * Has the kernels and TensorFlow.js take the same steps, once in a process.
 *
 * @throws NotInKernels where their losses are not the same
 */
export function checkKernels(threads: number): Promise<void> {
  checked ??= takeSteps(threads);
  return checked;
}

async function takeSteps(threads: number): Promise<void> {
  const settings = runSettingsSchema.parse({ batchSize: SAMPLES, labelSmoothing: 0.1, weightDecay: 0.01 });
  const models = [buildModel(TRIED, CLASSES, 1), buildModel(TRIED, CLASSES, 1)] as const;
  const optimizer = makeOptimizer(settings.optimizer, settings.learningRate);
  const options = { ...settings, decoupledDecay: false, averageDecay: 0 };
  const theirs = new Trainer(models[0], optimizer, new Random(1), options);
  const ours = await KernelTrainer.start(models[1], settings, new Random(1), threads);
  try {
    const batch = someSamples(TRIED.input, CLASSES, SAMPLES);
    for (let step = 0; step < STEPS; step++) {
      const expected = await theirs.step(batch, 0.01);
      compareLosses((await ours.step(batch, 0.01)).loss, expected.loss);
    }
  } finally {
    await ours.dispose();
    theirs.dispose();
    for (const model of models) model.dispose();
  }
}

/**
 * Has the kernels and TensorFlow.js judge some samples with the model that is to be trained.
 *
 * @throws NotInKernels where their losses are not the same
 */
export async function checkModel(theirs: Trainer, ours: PictureTrainer): Promise<void> {
  const { inputs, outputShape } = theirs.model;
  const shape = inputs[0]?.shape.slice(1) as [number, number, number];
  const batch = someSamples(shape, outputShape[1] as number, 2);
  const expected = await theirs.judge(batch);
  compareLosses((await ours.judge(batch)).loss, expected.loss);
}

/** Random pictures of random classes, the same each time. */
function someSamples(
  [height, width, channels]: readonly [number, number, number],
  classes: number,
  size: number,
): Batch {
  const random = new Random(7);
  const y = new Float32Array(size * classes);
  for (let sample = 0; sample < size; sample++) y[sample * classes + random.integer(classes)] = 1;
  const x = Float32Array.from({ length: size * height * width * channels }, () => random.next());
  return { x, y, size };
}

/** @throws NotInKernels where two losses are not the same */
export function compareLosses(ours: number, theirs: number): void {
  if (Math.abs(ours - theirs) <= TOLERANCE * Math.max(1, Math.abs(theirs))) return;
  throw new NotInKernels(`they give a loss of ${ours.toFixed(4)} here where it is ${theirs.toFixed(4)}`);
}
