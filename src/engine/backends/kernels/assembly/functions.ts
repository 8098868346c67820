/** e to the power of each lane (Cephes' expf), to about 1e-7. */
export function exp4(value: v128): v128 {
  const x = f32x4.max(f32x4.min(value, f32x4.splat(88)), f32x4.splat(-87));
  const power = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  let rest = f32x4.sub(x, f32x4.mul(power, f32x4.splat(0.693359375)));
  rest = f32x4.add(rest, f32x4.mul(power, f32x4.splat(2.1219444e-4)));
  let sum = f32x4.splat(1.98756915e-4);
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.39819995e-3));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(8.33345191e-3));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(4.16657959e-2));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.66666657e-1));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, f32x4.mul(rest, rest)), f32x4.add(rest, f32x4.splat(1)));
  const bits = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23);
  return f32x4.mul(sum, bits);
}

/** The hyperbolic tangent of each lane. */
export function tanh4(x: v128): v128 {
  const one = f32x4.splat(1);
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp4(f32x4.add(x, x)), one)));
  // near zero the difference above would lose its digits
  const square = f32x4.mul(x, x);
  let sum = f32x4.splat(0.021869488);
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(-0.053968254));
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(0.13333333));
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(-0.33333333));
  const near = f32x4.add(x, f32x4.mul(f32x4.mul(x, square), sum));
  return v128.bitselect(near, far, f32x4.lt(f32x4.abs(x), f32x4.splat(0.25)));
}

/** 1 / (1 + e^-x) of each lane. */
export function sigmoid4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))));
}

/** The natural logarithm of a positive number, to about 1e-13. */
export function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>(bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent++;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const w = z * z;
  let sum: f64 = 1.0 / 15;
  sum = sum * w + 1.0 / 13;
  sum = sum * w + 1.0 / 11;
  sum = sum * w + 1.0 / 9;
  sum = sum * w + 1.0 / 7;
  sum = sum * w + 1.0 / 5;
  sum = sum * w + 1.0 / 3;
  sum = sum * w + 1;
  return <f64>exponent * 0.6931471805599453 + 2 * z * sum;
}

/** Spreads the bits of a number over all of it (the end of MurmurHash3). */
export function mixed(number: u32): u32 {
  let x = number;
  x = (x ^ (x >> 16)) * 0x85ebca6b;
  x = (x ^ (x >> 13)) * 0xc2b2ae35;
  return x ^ (x >> 16);
}
