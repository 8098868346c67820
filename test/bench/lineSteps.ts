import { Random } from '../../src/base/random';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { buildLineModel } from '../../src/engine/training/lines/buildLineModel';
import { KernelLineTrainer } from '../../src/engine/training/lines/kernelLineTrainer';
import type { LineBatch, LineLearner } from '../../src/engine/training/lines/lineLearner';
import { LineTrainer } from '../../src/engine/training/lines/lineTrainer';
import type { LineNetwork } from '../../src/networks/lineNetwork';
import { alternate, type StepRates } from './stepRates';

const CLASSES = 95;
const OPTIONS = { weightDecay: 0.0005, averageDecay: 0, clipNorm: 2 };
const RATE = 0.001;
/** Lines of few and of many characters: as they come, each batch has another length. */
const SHAPES = [
  { lines: 64, points: 256 },
  { lines: 64, points: 128 },
  { lines: 28, points: 704 },
];

/**
 * Lets Scrawl's kernels and TensorFlow.js' wasm take the same steps on lines by turns.
 *
 * @param milliseconds to measure for, after the first steps
 */
export async function lineSteps(network: LineNetwork, milliseconds: number): Promise<StepRates> {
  const { threads } = await startWasm();
  const models = [buildLineModel(network, CLASSES, 1), buildLineModel(network, CLASSES, 1)] as const;
  const wasm = new LineTrainer(models[0], new Random(1), OPTIONS);
  const kernels = await KernelLineTrainer.start(models[1], new Random(1), OPTIONS, threads);
  const batches = SHAPES.map((shape) => someLines(shape, network.input[1]));
  const lines = batches.reduce((sum, batch) => sum + batch.lines, 0);
  const round = (trainer: LineLearner) => () => {
    for (const batch of batches) trainer.step(batch, RATE);
    return Promise.resolve();
  };
  const rates = await alternate(lines, { kernels: round(kernels), wasm: round(wasm) }, milliseconds);
  const { bytes } = kernels;
  await kernels.dispose();
  return { ...rates, bytes };
}

/** Random lines with a character for each sixteen points. */
function someLines({ lines, points }: Pick<LineBatch, 'lines' | 'points'>, features: number): LineBatch {
  const random = new Random(5);
  const lengths = Array.from({ length: lines }, () => points - 4 - random.integer(28));
  const x = new Float32Array(lines * points * features);
  lengths.forEach((length, line) => {
    for (let i = 0; i < length * features; i++) x[line * points * features + i] = 2 * random.next() - 1;
  });
  const labels = lengths.map((length) =>
    Array.from({ length: length >> 4 }, () => random.integer(CLASSES - 1)),
  );
  return { x, lines, points, lengths, labels };
}
