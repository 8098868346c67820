import { Random } from '../../../base/random';
import type { LineNetwork } from '../../../networks/lineNetwork';
import { compareLosses } from '../kernelCheck';
import { buildLineModel } from './buildLineModel';
import { KernelLineTrainer } from './kernelLineTrainer';
import type { LineBatch, LineLearner } from './lineLearner';
import { LineTrainer } from './lineTrainer';

/** What the kernels are tried with when a process first needs them for lines: all that they do, but dropout's chance. */
const TRIED: LineNetwork = {
  name: 'tried',
  input: [null, 4],
  layers: [
    { type: 'conv1d', filters: 12, kernelSize: 7, strides: 2, padding: 'same', useBias: false },
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
    {
      type: 'residual',
      layers: [
        { type: 'conv1d', filters: 16, kernelSize: 5, padding: 'same', activation: 'relu' },
        { type: 'conv1d', filters: 12, kernelSize: 3, padding: 'same', useBias: false },
        { type: 'batchNormalization' },
      ],
    },
    { type: 'activation', activation: 'relu' },
    { type: 'maxPooling1d' },
    { type: 'layerNormalization' },
  ],
};
const CLASSES = 5;
const SHAPES = [
  { lines: 3, points: 64 },
  { lines: 2, points: 160 },
  { lines: 4, points: 32 },
];
const OPTIONS = { weightDecay: 0.01, averageDecay: 0, clipNorm: 2 };

let checked: Promise<void> | undefined;

/**
 * Has the kernels and TensorFlow.js take the same steps on lines, once in a process.
 *
 * @throws NotInKernels where their losses are not the same
 */
export function checkLineKernels(threads: number): Promise<void> {
  checked ??= takeSteps(threads);
  return checked;
}

async function takeSteps(threads: number): Promise<void> {
  const models = [buildLineModel(TRIED, CLASSES, 1), buildLineModel(TRIED, CLASSES, 1)] as const;
  const theirs = new LineTrainer(models[0], new Random(1), OPTIONS);
  const ours = await KernelLineTrainer.start(models[1], new Random(1), OPTIONS, threads);
  try {
    for (const shape of SHAPES) {
      const batch = someLines(shape, TRIED.input[1], CLASSES);
      compareLosses(ours.step(batch, 0.01).loss, theirs.step(batch, 0.01).loss);
    }
  } finally {
    await ours.dispose();
    theirs.dispose();
    for (const model of models) model.dispose();
  }
}

/**
 * Has the kernels and TensorFlow.js judge some lines with the model that is to be trained.
 *
 * @throws NotInKernels where their losses are not the same
 */
export function checkLineModel(theirs: LineTrainer, ours: LineLearner): void {
  const { inputs, outputShape } = theirs.model;
  const features = inputs[0]?.shape.at(-1) ?? 0;
  const batch = someLines({ lines: 2, points: 96 }, features, outputShape.at(-1) as number);
  const expected = theirs.judge(batch).losses;
  ours.judge(batch).losses.forEach((loss, line) => compareLosses(loss, expected[line] ?? NaN));
}

/** Random lines with random labels, the same each time; of every second one a part is filled up. */
function someLines(
  { lines, points }: Pick<LineBatch, 'lines' | 'points'>,
  features: number,
  classes: number,
): LineBatch {
  const random = new Random(7);
  const lengths = Array.from({ length: lines }, (_, line) => points - 5 * (line % 2));
  const x = new Float32Array(lines * points * features);
  lengths.forEach((length, line) => {
    for (let i = 0; i < length * features; i++) x[line * points * features + i] = 2 * random.next() - 1;
  });
  const labels = lengths.map(() => Array.from({ length: 3 }, () => random.integer(classes - 1)));
  return { x, lines, points, lengths, labels };
}
