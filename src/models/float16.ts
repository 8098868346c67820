/** The bits of the nearest IEEE 754 half-precision number, ties to even. */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, halfBits);
}

function halfBits(single: number): number {
  const sign = (single >>> 16) & 0x8000;
  const magnitude = single & 0x7fffffff;
  if (magnitude >= 0x7f800000) return sign | 0x7c00 | (magnitude > 0x7f800000 ? 0x200 : 0);
  const exponent = (magnitude >>> 23) - 112;
  if (exponent < -10) return sign;
  const mantissa = (magnitude & 0x7fffff) | 0x800000;
  const shift = exponent > 0 ? 13 : 14 - exponent;
  const kept = mantissa >>> shift;
  const rest = mantissa & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  const rounded = kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0);
  // the leading 1 of a normal number adds one to the exponent below it, as does a carry
  const result = exponent > 0 ? ((exponent - 1) << 10) + rounded : rounded;
  return sign | Math.min(result, 0x7c00);
}

/** The numbers that half-precision bits stand for. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, valueOf);
}

function valueOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 0x1f) return mantissa === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}
