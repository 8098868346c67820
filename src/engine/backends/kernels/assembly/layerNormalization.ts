import { rowOf, View } from './view';

/** Normalization of the channels of each place (Ba, Kiros and Hinton 2016). */
@unmanaged
export class LayerNormalization {
  x: View;
  y: View;
  dx: View;
  dy: View;
  rows: u32;
  columns: u32;
  channels: u32;
  /** Channels with those that fill the last vector. */
  lanes: u32;
  epsilon: f32;
  gamma: usize;
  beta: usize;
  gammaGradient: usize;
  betaGradient: usize;
}

function sumOf(four: v128): f32 {
  const low = f32x4.extract_lane(four, 0) + f32x4.extract_lane(four, 1);
  return low + (f32x4.extract_lane(four, 2) + f32x4.extract_lane(four, 3));
}

function meanOf(op: LayerNormalization, x: usize): f32 {
  const bytes = (<usize>op.lanes) << 2;
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) sum = f32x4.add(sum, v128.load(x + at));
  return sumOf(sum) / <f32>op.channels;
}

/** 1 / sqrt(variance + epsilon) of a place. */
function inverseOf(op: LayerNormalization, x: usize, mean: f32): f32 {
  const whole = (<usize>(op.channels & ~3)) << 2;
  let four = f32x4.splat(0);
  for (let at: usize = 0; at < whole; at += 16) {
    const apart = f32x4.sub(v128.load(x + at), f32x4.splat(mean));
    four = f32x4.add(four, f32x4.mul(apart, apart));
  }
  let sum = sumOf(four);
  // what fills the last vector is no channel; taken out of the sum afterwards, it would cost digits
  for (let at = whole; at < (<usize>op.channels) << 2; at += 4) {
    const apart = load<f32>(x + at) - mean;
    sum += apart * apart;
  }
  return 1 / sqrt<f32>(sum / <f32>op.channels + op.epsilon);
}

export function normalizeLayer(op: LayerNormalization, first: u32, count: u32): void {
  const step = (<usize>op.lanes) << 2;
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      for (let column: usize = 0; column < op.columns; column++) {
        const x = rowOf(op.x, first, sample, row) + column * step;
        const y = rowOf(op.y, first, sample, row) + column * step;
        const mean = meanOf(op, x);
        const inverse = f32x4.splat(inverseOf(op, x, mean));
        for (let at: usize = 0; at < step; at += 16) {
          const normal = f32x4.mul(f32x4.sub(v128.load(x + at), f32x4.splat(mean)), inverse);
          const scaled = f32x4.mul(normal, v128.load(op.gamma + at));
          v128.store(y + at, f32x4.add(scaled, v128.load(op.beta + at)));
        }
      }
    }
  }
}

export function normalizeLayerBack(op: LayerNormalization, first: u32, count: u32): void {
  const step = (<usize>op.lanes) << 2;
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      for (let column: usize = 0; column < op.columns; column++) {
        const x = rowOf(op.x, first, sample, row) + column * step;
        const dy = rowOf(op.dy, first, sample, row) + column * step;
        const dx = rowOf(op.dx, first, sample, row) + column * step;
        placeBack(op, x, dy, dx);
      }
    }
  }
}

function placeBack(op: LayerNormalization, x: usize, dy: usize, dx: usize): void {
  const bytes = (<usize>op.lanes) << 2;
  const mean = f32x4.splat(meanOf(op, x));
  const inverse = f32x4.splat(inverseOf(op, x, f32x4.extract_lane(mean, 0)));
  let sum = f32x4.splat(0);
  let product = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const g = v128.load(dy + at);
    const normal = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse);
    const gamma = op.gammaGradient + at;
    const beta = op.betaGradient + at;
    v128.store(gamma, f32x4.add(v128.load(gamma), f32x4.mul(g, normal)));
    v128.store(beta, f32x4.add(v128.load(beta), g));
    const scaled = f32x4.mul(g, v128.load(op.gamma + at));
    sum = f32x4.add(sum, scaled);
    product = f32x4.add(product, f32x4.mul(scaled, normal));
  }
  const share: f32 = 1 / <f32>op.channels;
  const sums = f32x4.splat(sumOf(sum) * share);
  const products = f32x4.splat(sumOf(product) * share);
  for (let at: usize = 0; at < bytes; at += 16) {
    const normal = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse);
    const scaled = f32x4.mul(v128.load(dy + at), v128.load(op.gamma + at));
    const g = f32x4.sub(f32x4.sub(scaled, sums), f32x4.mul(normal, products));
    v128.store(dx + at, f32x4.mul(g, inverse));
  }
  for (let channel = op.channels; channel < op.lanes; channel++) store<f32>(dx + ((<usize>channel) << 2), 0);
}
