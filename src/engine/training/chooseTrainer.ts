import type { LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '../../base/random';
import type { RunSettings } from '../../runs/runSettings';
import { NotInKernels } from '../backends/kernels/chain';
import { usualThreads } from '../backends/wasm/wasmBackend';
import { KernelTrainer } from './kernelTrainer';
import { checkKernels, checkModel } from './kernelCheck';
import { makeOptimizer } from './optimizer';
import type { PictureTrainer } from './pictureTrainer';
import { Trainer } from './trainer';

/** What trains a network. */
export interface ChosenTrainer<T> {
  readonly trainer: T;
  /** What computes, for the card. */
  readonly computes: string;
  /** Why it is not what was asked for, as a sentence. */
  readonly note?: string | undefined;
}

/** What TensorFlow.js computes on, and whether Scrawl's own kernels are wanted. */
export interface Wanted {
  readonly backend: string;
  readonly kernels?: boolean | undefined;
}

/**
 * Makes what trains a model: TensorFlow.js, or Scrawl's own kernels where these are wanted, have all of its layers and
 * give the right numbers here.
 */
export function chooseTrainer(
  model: LayersModel,
  settings: RunSettings,
  wanted: Wanted,
): Promise<ChosenTrainer<PictureTrainer>> {
  const usual = ofTensorFlow(model, settings);
  return kernelsOr<PictureTrainer>(usual, wanted, () => checkedKernels(model, settings, usual));
}

/**
 * Takes Scrawl's kernels where they are wanted and can be had, and ends the usual trainer then.
 *
 * @param make starts them; NotInKernels says in a clause why they are not to be taken
 */
export async function kernelsOr<T extends { dispose(): void | Promise<void> }>(
  usual: T,
  { backend, kernels = false }: Wanted,
  make: () => Promise<T>,
): Promise<ChosenTrainer<T>> {
  if (!kernels) return { trainer: usual, computes: backend };
  try {
    const trainer = await make();
    await usual.dispose();
    return { trainer, computes: 'kernels' };
  } catch (error) {
    if (!(error instanceof NotInKernels)) console.error(error);
    const reason = error instanceof NotInKernels ? error.message : 'they could not start: see the log';
    return { trainer: usual, computes: backend, note: trainedOn(backend, reason) };
  }
}

/** @param reason a clause that says why it is not Scrawl's kernels */
function trainedOn(backend: string, reason: string): string {
  return `It was trained with TensorFlow.js (${backend}) and not with Scrawl's kernels, since ${reason}.`;
}

function ofTensorFlow(model: LayersModel, settings: RunSettings): Trainer {
  return new Trainer(
    model,
    makeOptimizer(settings.optimizer, settings.learningRate),
    new Random(settings.seed),
    { ...settings, decoupledDecay: settings.optimizer === 'adamw', averageDecay: 0 },
  );
}

/** @throws NotInKernels where they do not have the model, or give other numbers than TensorFlow.js */
async function checkedKernels(
  model: LayersModel,
  settings: RunSettings,
  usual: Trainer,
): Promise<KernelTrainer> {
  const threads = usualThreads();
  const trainer = await KernelTrainer.start(model, settings, new Random(settings.seed), threads);
  try {
    await checkKernels(threads);
    await checkModel(usual, trainer);
    return trainer;
  } catch (error) {
    await trainer.dispose();
    throw error;
  }
}
