import { Control } from './control';
import { exp4, logarithm } from './functions';
import { chunkOf, View } from './view';

/** Softmax and the loss of `training/loss.ts`, with its gradient. */
@unmanaged
export class Loss {
  /** What the last layer gives before softmax, and where its gradient goes. */
  z: View;
  dz: View;
  /** [samples][classes up to a multiple of 4], 1 where a sample may be of a class. */
  allowed: View;
  /** [samples], how much each counts. */
  weights: usize;
  classes: u32;
  /** 0 cross-entropy, 1 focal, 2 mean squared error. */
  kind: u32;
  smoothing: f32;
  /** [sum of losses, right answers] of this thread, doubles. */
  result: usize;
  /** Room for the slopes of one sample. */
  slopes: usize;
}

const FOCAL: u32 = 1;
const SQUARED: u32 = 2;
const EPSILON: f64 = 1e-7;

/** Judges a chunk, and leaves the gradient where the step learns. */
export function judge(control: Control, op: Loss, first: u32, count: u32): void {
  for (let sample: u32 = 0; sample < count; sample++) {
    const at = <usize>sample;
    const z = chunkOf(op.z, first) + at * op.z.sample;
    const allowed = chunkOf(op.allowed, first) + at * op.allowed.sample;
    const best = softmax(z, op.classes);
    const weight = <f64>load<f32>(op.weights + ((<usize>first + at) << 2));
    const loss = op.kind == SQUARED ? squared(op, z, allowed) : entropy(op, z, allowed);
    store<f64>(op.result, load<f64>(op.result) + loss * weight);
    store<f64>(op.result, load<f64>(op.result, 8) + <f64>load<f32>(allowed + ((<usize>best) << 2)), 8);
    if (control.training) slope(op, z, chunkOf(op.dz, first) + at * op.dz.sample, weight / <f64>control.size);
  }
}

/** Makes probabilities of z in its place, and gives the likeliest class. */
function softmax(z: usize, classes: u32): u32 {
  let best: u32 = 0;
  let greatest = load<f32>(z);
  for (let i: u32 = 1; i < classes; i++) {
    const value = load<f32>(z + ((<usize>i) << 2));
    if (value > greatest) {
      greatest = value;
      best = i;
    }
  }
  const bytes = (<usize>((classes + 3) & ~3)) << 2;
  for (let i: usize = 0; i < bytes; i += 16)
    v128.store(z + i, exp4(f32x4.sub(v128.load(z + i), f32x4.splat(greatest))));
  for (let i = classes; i < ((classes + 3) & ~3); i++) store<f32>(z + ((<usize>i) << 2), 0);
  let sum: f64 = 0;
  for (let i: u32 = 0; i < classes; i++) sum += <f64>load<f32>(z + ((<usize>i) << 2));
  const share = <f32>(1 / sum);
  for (let i: usize = 0; i < bytes; i += 16)
    v128.store(z + i, f32x4.mul(v128.load(z + i), f32x4.splat(share)));
  return best;
}

/** Cross-entropy or focal loss; writes the slope of the loss by each probability. */
function entropy(op: Loss, p: usize, allowed: usize): f64 {
  let truth: f64 = 0;
  let any: f64 = 0;
  for (let i: u32 = 0; i < op.classes; i++) {
    const may = <f64>load<f32>(allowed + ((<usize>i) << 2));
    truth += may * <f64>load<f32>(p + ((<usize>i) << 2));
    any = max(any, may);
  }
  const entropy = -logarithm(truth + EPSILON);
  const doubt = 1 - truth;
  const focal = op.kind == FOCAL;
  let loss = (focal ? entropy * doubt * doubt : entropy) * any;
  const byTruth = focal ? (-doubt * doubt) / (truth + EPSILON) - 2 * doubt * entropy : -1 / (truth + EPSILON);
  const smoothing = <f64>op.smoothing;
  for (let i: u32 = 0; i < op.classes; i++) {
    const may = <f64>load<f32>(allowed + ((<usize>i) << 2));
    store<f64>(op.slopes + ((<usize>i) << 3), may * any * byTruth * (1 - smoothing));
  }
  if (smoothing == 0) return loss;
  let uniform: f64 = 0;
  for (let i: u32 = 0; i < op.classes; i++) {
    const probability = <f64>load<f32>(p + ((<usize>i) << 2)) + EPSILON;
    uniform -= logarithm(probability);
    const at = op.slopes + ((<usize>i) << 3);
    store<f64>(at, load<f64>(at) - smoothing / (<f64>op.classes * probability));
  }
  return loss * (1 - smoothing) + (smoothing * uniform) / <f64>op.classes;
}

function squared(op: Loss, p: usize, allowed: usize): f64 {
  let sum: f64 = 0;
  for (let i: u32 = 0; i < op.classes; i++) sum += <f64>load<f32>(allowed + ((<usize>i) << 2));
  const smoothing = <f64>op.smoothing;
  let loss: f64 = 0;
  for (let i: u32 = 0; i < op.classes; i++) {
    const target =
      (<f64>load<f32>(allowed + ((<usize>i) << 2)) / sum) * (1 - smoothing) + smoothing / <f64>op.classes;
    const apart = <f64>load<f32>(p + ((<usize>i) << 2)) - target;
    loss += apart * apart;
    store<f64>(op.slopes + ((<usize>i) << 3), 2 * apart);
  }
  return loss;
}

/** The gradient by z of what has the written slopes by p. */
function slope(op: Loss, p: usize, dz: usize, weight: f64): void {
  let mean: f64 = 0;
  for (let i: u32 = 0; i < op.classes; i++)
    mean += load<f64>(op.slopes + ((<usize>i) << 3)) * <f64>load<f32>(p + ((<usize>i) << 2));
  const bytes = ((op.classes + 3) & ~3) << 2;
  memory.fill(dz, 0, bytes);
  for (let i: u32 = 0; i < op.classes; i++) {
    const each = <f64>load<f32>(p + ((<usize>i) << 2)) * (load<f64>(op.slopes + ((<usize>i) << 3)) - mean);
    store<f32>(dz + ((<usize>i) << 2), <f32>(each * weight));
  }
}
