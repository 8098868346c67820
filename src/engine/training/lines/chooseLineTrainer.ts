import type { LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '../../../base/random';
import { usualThreads } from '../../backends/wasm/wasmBackend';
import { kernelsOr, type ChosenTrainer, type Wanted } from '../chooseTrainer';
import { checkLineKernels, checkLineModel } from './kernelLineCheck';
import { KernelLineTrainer } from './kernelLineTrainer';
import type { LineLearner, LineTrainerOptions } from './lineLearner';
import { LineTrainer } from './lineTrainer';

/**
 * Makes what trains a model of lines: TensorFlow.js, or Scrawl's own kernels where these are wanted, have all of its
 * layers and give the right numbers here.
 */
export function chooseLineTrainer(
  model: LayersModel,
  seed: number,
  options: LineTrainerOptions,
  wanted: Wanted,
): Promise<ChosenTrainer<LineLearner>> {
  const usual = new LineTrainer(model, new Random(seed), options);
  return kernelsOr<LineLearner>(usual, wanted, async () => {
    const threads = usualThreads();
    const trainer = await KernelLineTrainer.start(model, new Random(seed), options, threads);
    try {
      await checkLineKernels(threads);
      checkLineModel(usual, trainer);
      return trainer;
    } catch (error) {
      await trainer.dispose();
      throw error;
    }
  });
}
