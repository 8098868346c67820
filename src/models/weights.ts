import * as z from 'zod';
import { fromFloat16 } from './float16';

/** Numbers in one weight; more are not of a recognizer of single characters. */
const MOST_ELEMENTS = 2 ** 27;

/** How the values of a weight are stored in less space than they take: integers with a scale, or half precision. */
const quantizationSchema = z.union([
  z.looseObject({ dtype: z.enum(['uint8', 'uint16']), scale: z.number(), min: z.number() }),
  z.looseObject({ dtype: z.literal('float16') }),
]);

/** One entry of a TensorFlow.js weights manifest, of the kinds that layers have. */
export const weightSpecSchema = z
  .looseObject({
    name: z.string().min(1).max(1000),
    shape: z.array(z.number().int().min(0).max(MOST_ELEMENTS)).max(8),
    dtype: z.enum(['float32', 'int32', 'bool']),
    quantization: quantizationSchema.optional(),
  })
  .refine((spec) => elementsOf(spec.shape) <= MOST_ELEMENTS, 'too many numbers');
export type WeightSpec = z.infer<typeof weightSpecSchema>;

/** One named array of a model's weights. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

const BYTES = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;

/** Bytes that a weight takes in its file. */
export function storedBytes({ shape, dtype, quantization }: WeightSpec): number {
  return elementsOf(shape) * BYTES[quantization?.dtype ?? dtype];
}

/** The weights that lie one behind the other in `data`, as numbers of full precision. */
export function decodeWeights(specs: readonly WeightSpec[], data: ArrayBuffer): Weight[] {
  let offset = 0;
  return specs.map((spec) => {
    const bytes = data.slice(offset, (offset += storedBytes(spec)));
    return { name: spec.name, shape: spec.shape, values: decode(spec, bytes) };
  });
}

function decode({ dtype, quantization }: WeightSpec, bytes: ArrayBuffer): Float32Array {
  switch (quantization?.dtype) {
    case 'float16':
      return fromFloat16(new Uint16Array(bytes));
    case 'uint8':
    case 'uint16': {
      const { dtype: stored, scale, min } = quantization;
      const integers = stored === 'uint8' ? new Uint8Array(bytes) : new Uint16Array(bytes);
      return Float32Array.from(integers, (value) => value * scale + min);
    }
    case undefined:
      if (dtype === 'float32') return new Float32Array(bytes);
      return Float32Array.from(dtype === 'int32' ? new Int32Array(bytes) : new Uint8Array(bytes));
  }
}
