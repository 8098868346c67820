import { Control } from './control';
import { chunkOf, rowOf, View } from './view';

/** Batch normalization (Ioffe and Szegedy 2015) of the last axis. */
@unmanaged
export class Normalization {
  x: View;
  y: View;
  dy: View;
  /** Where the gradient of x goes; 0 where nobody wants it. */
  dx: View;
  rows: u32;
  /** Places of a row. */
  columns: u32;
  channels: u32;
  epsilon: f32;
  momentum: f32;
  gamma: usize;
  beta: usize;
  movingMean: usize;
  movingVariance: usize;
  /** [threads][2][channels] double sums of each thread, and the bytes of one thread's. */
  sums: usize;
  apart: usize;
  /** [channels] of this thread, which makes its own of all threads' sums. */
  mean: usize;
  /** 1 / sqrt(variance + epsilon). */
  inverse: usize;
  gammaGradient: usize;
  betaGradient: usize;
}

/** Places and samples of the batch. */
function placesOf(control: Control, op: Normalization): f64 {
  return <f64>control.size * <f64>op.rows * <f64>op.columns;
}

/** Where a thread's sums of one kind lie. */
function sumsOf(op: Normalization, thread: u32, kind: u32): usize {
  return op.sums + <usize>thread * op.apart + ((<usize>kind * op.channels) << 3);
}

/** What all threads found for one channel. */
function total(control: Control, op: Normalization, kind: u32, channel: usize): f64 {
  let sum: f64 = 0;
  for (let thread: u32 = 0; thread < control.threads; thread++)
    sum += load<f64>(sumsOf(op, thread, kind) + (channel << 3));
  return sum;
}

/** Adds four single sums to double ones. */
function addTo(sums: usize, four: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(four)));
  const high = v128.shuffle<i32>(four, four, 2, 3, 2, 3);
  v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.promote_low_f32x4(high)), 16);
}

/** Clears a thread's sums. */
export function clearSums(op: Normalization, thread: u32): void {
  memory.fill(sumsOf(op, thread, 0), 0, ((<usize>op.channels) << 3) * 2);
}

/** Adds up the inputs of a thread's samples. */
export function sumInputs(op: Normalization, first: u32, count: u32, thread: u32): void {
  const x = chunkOf(op.x, first);
  const step = (<usize>op.channels) << 2;
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      const from = x + sample * op.x.sample + row * op.x.row;
      for (let channel: usize = 0; channel < op.channels; channel += 4) {
        let sum = f32x4.splat(0);
        for (let column: usize = 0; column < op.columns; column++)
          sum = f32x4.add(sum, v128.load(from + column * step + (channel << 2)));
        addTo(sumsOf(op, thread, 0) + (channel << 3), sum);
      }
    }
  }
}

/** Makes the mean of all threads' sums. */
export function findMean(control: Control, op: Normalization): void {
  const places = placesOf(control, op);
  for (let channel: usize = 0; channel < op.channels; channel++)
    store<f32>(op.mean + (channel << 2), <f32>(total(control, op, 0, channel) / places));
}

/** Adds up the squared distances from the mean. */
export function sumSquares(op: Normalization, first: u32, count: u32, thread: u32): void {
  const x = chunkOf(op.x, first);
  const step = (<usize>op.channels) << 2;
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      const from = x + sample * op.x.sample + row * op.x.row;
      for (let channel: usize = 0; channel < op.channels; channel += 4) {
        const mean = v128.load(op.mean + (channel << 2));
        let sum = f32x4.splat(0);
        for (let column: usize = 0; column < op.columns; column++) {
          const apart = f32x4.sub(v128.load(from + column * step + (channel << 2)), mean);
          sum = f32x4.add(sum, f32x4.mul(apart, apart));
        }
        addTo(sumsOf(op, thread, 1) + (channel << 3), sum);
      }
    }
  }
}

/** Makes the variance of all threads' sums; the first thread has the moving statistics follow. */
export function findVariance(control: Control, op: Normalization, thread: u32): void {
  const places = placesOf(control, op);
  for (let channel: usize = 0; channel < op.channels; channel++) {
    const at = channel << 2;
    const variance = <f32>(total(control, op, 1, channel) / places);
    store<f32>(op.inverse + at, 1 / sqrt<f32>(variance + op.epsilon));
    if (thread != 0) continue;
    follow(op.movingMean + at, load<f32>(op.mean + at), op.momentum);
    follow(op.movingVariance + at, variance, op.momentum);
  }
}

function follow(moving: usize, value: f32, momentum: f32): void {
  const before = load<f32>(moving);
  store<f32>(moving, before - (before - value) * (1 - momentum));
}

/** Takes the moving statistics for those of the batch. */
export function takeMoving(op: Normalization): void {
  memory.copy(op.mean, op.movingMean, (<usize>op.channels) << 2);
  for (let channel: usize = 0; channel < op.channels; channel++) {
    const at = channel << 2;
    store<f32>(op.inverse + at, 1 / sqrt<f32>(load<f32>(op.movingVariance + at) + op.epsilon));
  }
}

export function normalize(op: Normalization, first: u32, count: u32): void {
  const step = (<usize>op.channels) << 2;
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      const from = rowOf(op.x, first, sample, row);
      const to = rowOf(op.y, first, sample, row);
      for (let channel: usize = 0; channel < step; channel += 16) {
        const mean = v128.load(op.mean + channel);
        const factor = f32x4.mul(v128.load(op.inverse + channel), v128.load(op.gamma + channel));
        const beta = v128.load(op.beta + channel);
        for (let at = channel; at < <usize>op.columns * step; at += step) {
          const apart = f32x4.sub(v128.load(from + at), mean);
          v128.store(to + at, f32x4.add(f32x4.mul(apart, factor), beta));
        }
      }
    }
  }
}

/** Adds up the gradient, and the gradient times the normalized input. */
export function sumGradients(op: Normalization, first: u32, count: u32, thread: u32): void {
  const step = (<usize>op.channels) << 2;
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      const x = rowOf(op.x, first, sample, row);
      const dy = rowOf(op.dy, first, sample, row);
      for (let channel: usize = 0; channel < step; channel += 16) {
        const mean = v128.load(op.mean + channel);
        const inverse = v128.load(op.inverse + channel);
        let sum = f32x4.splat(0);
        let product = f32x4.splat(0);
        for (let at = channel; at < <usize>op.columns * step; at += step) {
          const g = v128.load(dy + at);
          sum = f32x4.add(sum, g);
          const normal = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse);
          product = f32x4.add(product, f32x4.mul(g, normal));
        }
        addTo(sumsOf(op, thread, 0) + (channel << 1), sum);
        addTo(sumsOf(op, thread, 1) + (channel << 1), product);
      }
    }
  }
}

/** Has the first thread tell the gradients of gamma and beta. */
export function giveParameters(control: Control, op: Normalization, thread: u32): void {
  if (thread != 0) return;
  for (let channel: usize = 0; channel < op.channels; channel++) {
    store<f32>(op.betaGradient + (channel << 2), <f32>total(control, op, 0, channel));
    store<f32>(op.gammaGradient + (channel << 2), <f32>total(control, op, 1, channel));
  }
}

export function normalizeBack(control: Control, op: Normalization, first: u32, count: u32): void {
  if (changetype<usize>(op.dx) == 0) return;
  const step = (<usize>op.channels) << 2;
  const share = 1 / placesOf(control, op);
  for (let channel: usize = 0; channel < step; channel += 16) {
    const mean = v128.load(op.mean + channel);
    const inverse = v128.load(op.inverse + channel);
    const factor = f32x4.mul(inverse, v128.load(op.gamma + channel));
    const sum = means(control, op, 0, channel >> 2, share);
    const product = f32x4.mul(means(control, op, 1, channel >> 2, share), inverse);
    for (let sample: usize = 0; sample < count; sample++) {
      for (let row: usize = 0; row < op.rows; row++) {
        const x = rowOf(op.x, first, sample, row);
        const dy = rowOf(op.dy, first, sample, row);
        const dx = rowOf(op.dx, first, sample, row);
        for (let at = channel; at < <usize>op.columns * step; at += step) {
          const apart = f32x4.sub(v128.load(x + at), mean);
          const g = f32x4.sub(f32x4.sub(v128.load(dy + at), sum), f32x4.mul(apart, product));
          v128.store(dx + at, f32x4.mul(g, factor));
        }
      }
    }
  }
}

/** The means of four channels' sums. */
function means(control: Control, op: Normalization, kind: u32, channel: usize, share: f64): v128 {
  let four = f32x4.splat(<f32>(total(control, op, kind, channel) * share));
  four = f32x4.replace_lane(four, 1, <f32>(total(control, op, kind, channel + 1) * share));
  four = f32x4.replace_lane(four, 2, <f32>(total(control, op, kind, channel + 2) * share));
  return f32x4.replace_lane(four, 3, <f32>(total(control, op, kind, channel + 3) * share));
}
