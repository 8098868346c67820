import { makeBatchMatMul } from './batchMatMul';
import { makeConv2dBackpropFilter } from './conv2dBackpropFilter';
import { makeConv2dBackpropInput } from './conv2dBackpropInput';
import { makeExplicitPadding } from './explicitPadding';
import { borrowKernelsFromCpu } from './fromCpu';
import { register } from './kernel';
import { maxPoolGrad } from './maxPoolGrad';
import { makeSum } from './sum';

let installed = false;

/**
 * Adds the kernels that tfjs-backend-wasm 4.22.0 lacks for training, and replaces those that are wrong or slow. Each
 * is composed of the backend's own kernels as they were before.
 */
export function installTrainingKernels(): void {
  if (installed) return;
  installed = true;
  const kernels = {
    Conv2DBackpropFilter: makeConv2dBackpropFilter(),
    Conv2DBackpropInput: makeConv2dBackpropInput(),
    Conv2D: makeExplicitPadding('Conv2D'),
    FusedConv2D: makeExplicitPadding('FusedConv2D'),
    MaxPoolGrad: maxPoolGrad,
    BatchMatMul: makeBatchMatMul(),
    Sum: makeSum(),
  };
  for (const [name, kernel] of Object.entries(kernels)) register(name, kernel);
  borrowKernelsFromCpu();
}
