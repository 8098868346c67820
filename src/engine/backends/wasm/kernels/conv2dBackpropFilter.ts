import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { convolutionInfo, floats, free, registered, type ConvolutionAttributes, type Kernel } from './kernel';

/** Floats of one block of columns: large enough for a good matrix product, small enough for the cache. */
const BLOCK = 2e6;

/**
 * The gradient of a 2D convolution by its filter, which tfjs-backend-wasm lacks (tfjs issue 8474). The input is laid
 * out in columns (im2col), a block of output rows at a time, and multiplied with the output's gradient; the innermost
 * dimension is the batch, so that a column is a copy of contiguous memory.
 */
export function makeConv2dBackpropFilter(): Kernel {
  const transpose = registered('Transpose');
  const multiply = registered('BatchMatMul');
  return ({ inputs, backend, attrs }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const filterShape = attrs['filterShape'] as number[];
    const info = convolutionInfo(x.shape, filterShape, attrs as unknown as ConvolutionAttributes);
    const { batchSize, outHeight, outWidth, outChannels, inChannels, filterHeight, filterWidth } = info;
    const xByBatch = transpose({ inputs: { x }, backend, attrs: { perm: [3, 1, 2, 0] } });
    const dyByBatch = transpose({ inputs: { x: dy }, backend, attrs: { perm: [1, 2, 0, 3] } });
    const parameters = filterHeight * filterWidth * inChannels;
    const row = outWidth * batchSize;
    const rowsPerBlock = Math.max(1, Math.min(outHeight, Math.floor(BLOCK / (parameters * row))));
    const columns = backend.makeOutput([parameters * rowsPerBlock * row], 'float32');
    let gradient: TensorInfo | undefined;
    for (let from = 0; from < outHeight; from += rowsPerBlock) {
      const rows = Math.min(rowsPerBlock, outHeight - from);
      fillColumns(floats(backend, columns), floats(backend, xByBatch), info, from, rows);
      const a = view(backend, columns, 0, [1, parameters, rows * row]);
      const b = view(backend, dyByBatch, from * row * outChannels, [1, rows * row, outChannels]);
      const product = multiply({
        inputs: { a, b },
        backend,
        attrs: { transposeA: false, transposeB: false },
      });
      forget(backend, a);
      forget(backend, b);
      gradient = gradient ? added(backend, gradient, product) : product;
    }
    free(backend, xByBatch, dyByBatch, columns);
    if (!gradient) throw new Error('a convolution without output has no gradient');
    return { ...gradient, shape: filterShape };
  };
}

type Info = ReturnType<typeof convolutionInfo>;

/** Lays the input pixels that each filter weight meets in `rows` output rows from `from` on side by side. */
function fillColumns(columns: Float32Array, x: Float32Array, info: Info, from: number, rows: number): void {
  const { batchSize, outWidth, inChannels, inHeight, inWidth, strideHeight, strideWidth, padInfo } = info;
  const row = outWidth * batchSize;
  let position = 0;
  for (let filterRow = 0; filterRow < info.filterHeight; filterRow++) {
    for (let filterColumn = 0; filterColumn < info.filterWidth; filterColumn++) {
      const shift = padInfo.left - filterColumn;
      const first = Math.min(outWidth, Math.max(0, Math.ceil(shift / strideWidth)));
      const end = Math.max(first, Math.min(outWidth, Math.floor((inWidth - 1 + shift) / strideWidth) + 1));
      for (let channel = 0; channel < inChannels; channel++) {
        for (let r = 0; r < rows; r++, position += row) {
          const inRow = (from + r) * strideHeight + filterRow - padInfo.top;
          if (inRow < 0 || inRow >= inHeight || first >= end) {
            columns.fill(0, position, position + row);
            continue;
          }
          columns.fill(0, position, position + first * batchSize);
          columns.fill(0, position + end * batchSize, position + row);
          const start = ((channel * inHeight + inRow) * inWidth - shift) * batchSize;
          copySteps(columns, position, x, start, { first, end, stride: strideWidth, size: batchSize });
        }
      }
    }
  }
}

/** Copies every `stride`th group of `size` floats. */
function copySteps(
  to: Float32Array,
  position: number,
  from: Float32Array,
  start: number,
  { first, end, stride, size }: { first: number; end: number; stride: number; size: number },
): void {
  if (stride === 1) {
    to.set(from.subarray(start + first * size, start + end * size), position + first * size);
    return;
  }
  for (let step = first; step < end; step++) {
    const source = start + step * stride * size;
    to.set(from.subarray(source, source + size), position + step * size);
  }
}

/** A tensor that aliases part of another one's memory, until `forget`. */
function view(backend: BackendWasm, tensor: TensorInfo, offset: number, shape: number[]): TensorInfo {
  const { memoryOffset } = dataOf(backend, tensor);
  return backend.makeOutput(shape, 'float32', memoryOffset + offset * Float32Array.BYTES_PER_ELEMENT);
}

/** Drops a view without freeing the memory, which is another tensor's. */
function forget(backend: BackendWasm, viewed: TensorInfo): void {
  const internals = backend as unknown as {
    dataIdMap: { delete(id: object): void };
    wasm: { tfjs: { disposeData(id: number): void } };
  };
  internals.wasm.tfjs.disposeData(dataOf(backend, viewed).id);
  internals.dataIdMap.delete(viewed.dataId);
}

function dataOf(backend: BackendWasm, tensor: TensorInfo): { id: number; memoryOffset: number } {
  const internals = backend as unknown as {
    dataIdMap: { get(id: object): { id: number; memoryOffset: number } };
  };
  return internals.dataIdMap.get(tensor.dataId);
}

function added(backend: BackendWasm, sum: TensorInfo, term: TensorInfo): TensorInfo {
  const sums = floats(backend, sum);
  const terms = floats(backend, term);
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (terms[i] ?? 0);
  free(backend, term);
  return sum;
}
