import * as tf from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import { depthwiseConv2dNativeBackpropFilterConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/DepthwiseConv2dNativeBackpropFilter';
import { depthwiseConv2dNativeBackpropInputConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/DepthwiseConv2dNativeBackpropInput';
import { einsumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Einsum';
import { unsortedSegmentSumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/UnsortedSegmentSum';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { configOf, register } from './kernel';

/** Kernels that training can need, wasm lacks, and too few networks use to be worth a fast version. */
const BORROWED = [
  depthwiseConv2dNativeBackpropFilterConfig,
  depthwiseConv2dNativeBackpropInputConfig,
  einsumConfig,
  unsortedSegmentSumConfig,
];

/** Registers the `cpu` backend's kernels for what the wasm backend lacks; they compute on copies, slowly. */
export function borrowKernelsFromCpu(): void {
  const cpu = new MathBackendCPU();
  for (const { kernelName, kernelFunc } of BORROWED) {
    if (configOf(kernelName)) continue;
    register(kernelName, ({ inputs, attrs, backend }) => {
      const copies = mapInputs(inputs, (tensor) =>
        cpu.makeTensorInfo(tensor.shape, tensor.dtype, backend.readSync(tensor.dataId)),
      );
      const result = kernelFunc({
        inputs: copies as tf.NamedTensorInfoMap,
        attrs: attrs as tf.NamedAttrMap,
        backend: cpu,
      }) as tf.TensorInfo;
      for (const copy of Object.values(copies)) cpu.disposeData(copy.dataId, true);
      return takeOver(result, cpu, backend);
    });
  }
}

/** Einsum's inputs are an array, the others' are named: both keep their form. */
function mapInputs(inputs: Record<string, tf.TensorInfo>, copy: (tensor: tf.TensorInfo) => tf.TensorInfo) {
  if (Array.isArray(inputs)) return (inputs as tf.TensorInfo[]).map(copy);
  return Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, copy(tensor)]));
}

function takeOver(result: tf.TensorInfo, cpu: MathBackendCPU, backend: BackendWasm): tf.TensorInfo {
  const values = cpu.readSync(result.dataId) as tf.backend_util.TypedArray;
  cpu.disposeData(result.dataId, true);
  const output = backend.makeOutput(result.shape, result.dtype);
  backend.typedArrayFromHeap(output).set(values);
  return output;
}
