import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { readChain } from '../../../../src/engine/backends/kernels/chain';
import { Machine, type Samples } from '../../../../src/engine/backends/kernels/machine';
import { makePlan } from '../../../../src/engine/backends/kernels/plan';
import type { Loss } from '../../../../src/runs/runSettings';

/** What a loss is made with. */
export interface LossOptions {
  readonly loss: Loss;
  readonly labelSmoothing: number;
}

export interface KernelResult {
  /** Mean of the samples. */
  readonly loss: number;
  readonly gradients: ReadonlyMap<tf.Variable, Float32Array>;
  /** All variables after a step that does not change what learns. */
  readonly values: ReadonlyMap<tf.Variable, Float32Array>;
}

/** The gradients that the kernels compute: what momentum remembers after a first step. */
export async function kernelGradients(
  model: LayersModel,
  samples: Samples,
  options: LossOptions,
  threads: number,
): Promise<KernelResult> {
  // more room than there are samples, as for the last batch of an epoch
  const batch = samples.size + 2;
  const settings = { ...options, batch, threads, optimizer: 'momentum', weightDecay: 0 } as const;
  const plan = makePlan(readChain(model), settings);
  const machine = await Machine.start(plan);
  try {
    for (const each of plan.parameters) machine.bring(each.values, each, await each.variable.data());
    const step = { rate: 0, firstCorrection: 1, secondCorrection: 1, keep: 1, seed: 1 };
    const { loss } = machine.step(samples, { optimizer: 'momentum', ...step });
    return {
      loss: loss / samples.size,
      gradients: new Map(
        plan.parameters
          .filter(({ first }) => first !== 0)
          .map((each) => [each.variable, machine.fetch(each.first, each)]),
      ),
      values: new Map(plan.parameters.map((each) => [each.variable, machine.fetch(each.values, each)])),
    };
  } finally {
    await machine.dispose();
  }
}
