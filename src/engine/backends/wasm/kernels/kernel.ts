import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** What a kernel is called with: named tensors, attributes, and the backend that owns the tensors. */
export interface KernelArguments {
  readonly inputs: Record<string, tf.TensorInfo>;
  readonly attrs: Record<string, unknown>;
  readonly backend: BackendWasm;
}

/** A kernel with one result. */
export type Kernel = (args: KernelArguments) => tf.TensorInfo;

/**
 * The kernel that the wasm backend has registered under a name just now.
 *
 * @throws Error where it has none: the pinned version of the backend is not the one this was written for
 */
export function registered(name: string): Kernel {
  const config = configOf(name);
  if (!config) throw new Error(`tfjs-backend-wasm has no kernel ${name}`);
  return config.kernelFunc as unknown as Kernel;
}

/** Registers a kernel with the wasm backend in place of its own one, if it has one. */
export function register(name: string, kernel: Kernel): void {
  if (configOf(name)) tf.unregisterKernel(name, 'wasm');
  tf.registerKernel({
    kernelName: name,
    backendName: 'wasm',
    kernelFunc: kernel as unknown as tf.KernelFunc,
  });
}

/** The wasm backend's kernel of a name, if it has one; the declared type forgets that it may not. */
export function configOf(name: string): tf.KernelConfig | undefined {
  return tf.getKernel(name, 'wasm');
}

/** The same data under another shape of equal size. */
export function reshaped(tensor: tf.TensorInfo, shape: number[]): tf.TensorInfo {
  return { dataId: tensor.dataId, dtype: tensor.dtype, shape };
}

/** Frees tensors that a kernel made for itself. */
export function free(backend: BackendWasm, ...tensors: tf.TensorInfo[]): void {
  for (const tensor of tensors) backend.disposeData(tensor.dataId);
}

/** The numbers of a float32 tensor where they lie on the wasm heap; invalid once the heap grows. */
export function floats(backend: BackendWasm, tensor: tf.TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** Attributes that the convolution kernels share. */
export interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly dilations?: number | [number, number];
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Shapes, strides and padding of a 2D convolution as numbers. */
export function convolutionInfo(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: ConvolutionAttributes,
): tf.backend_util.Conv2DInfo {
  return tf.backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
    false,
    tf.backend_util.convertConv2DDataFormat(attributes.dataFormat),
  );
}
