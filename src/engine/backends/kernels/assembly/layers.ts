import { Control } from './control';
import { exp4, mixed, sigmoid4, tanh4 } from './functions';
import { chunkOf, rowOf, View } from './view';

/** Values that are changed where they lie, with their gradient. */
@unmanaged
export class Elements {
  /** What it takes; y itself where nobody else needs it any more. */
  x: View;
  y: View;
  dy: View;
  rows: u32;
  /** Bytes of a row. */
  width: usize;
  /** Which function, as `layouts.ts` numbers them. */
  kind: u32;
  /** Of the leaky rectifier; the share that dropout drops. */
  amount: f32;
  /** Tells the random numbers of one dropout from another's. */
  salt: u32;
}

const RELU: u32 = 0;
const RELU6: u32 = 1;
const ELU: u32 = 2;
const SELU: u32 = 3;
const SIGMOID: u32 = 4;
const TANH: u32 = 5;
const SOFTPLUS: u32 = 6;

const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_ALPHA: f32 = 1.6732632423543772;

export function activate(op: Elements, first: u32, count: u32): void {
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      const x = rowOf(op.x, first, sample, row);
      const y = rowOf(op.y, first, sample, row);
      for (let at: usize = 0; at < op.width; at += 16) v128.store(y + at, activated(op, v128.load(x + at)));
    }
  }
}

function activated(op: Elements, x: v128): v128 {
  const zero = f32x4.splat(0);
  const positive = f32x4.gt(x, zero);
  switch (op.kind) {
    case RELU:
      return f32x4.pmax(x, zero);
    case RELU6:
      return f32x4.pmin(f32x4.pmax(x, zero), f32x4.splat(6));
    case ELU:
      return v128.bitselect(x, f32x4.sub(exp4(f32x4.pmin(x, zero)), f32x4.splat(1)), positive);
    case SELU: {
      const below = f32x4.mul(f32x4.sub(exp4(f32x4.pmin(x, zero)), f32x4.splat(1)), f32x4.splat(SELU_ALPHA));
      return f32x4.mul(v128.bitselect(x, below, positive), f32x4.splat(SELU_SCALE));
    }
    case SIGMOID:
      return sigmoid4(x);
    case TANH:
      return tanh4(x);
    case SOFTPLUS:
      return softplus(x);
    default:
      return v128.bitselect(x, f32x4.mul(x, f32x4.splat(op.amount)), positive);
  }
}

/** ln(1 + e^x), as max(x, 0) + ln(1 + e^-|x|), whose logarithm is that of a number of 1 to 2. */
function softplus(x: v128): v128 {
  const small = exp4(f32x4.neg(f32x4.abs(x)));
  const z = f32x4.div(small, f32x4.add(small, f32x4.splat(2)));
  const w = f32x4.mul(z, z);
  let sum = f32x4.splat(0.11111111);
  sum = f32x4.add(f32x4.mul(sum, w), f32x4.splat(0.14285714));
  sum = f32x4.add(f32x4.mul(sum, w), f32x4.splat(0.2));
  sum = f32x4.add(f32x4.mul(sum, w), f32x4.splat(0.33333333));
  sum = f32x4.add(f32x4.mul(sum, w), f32x4.splat(1));
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), f32x4.mul(f32x4.mul(z, f32x4.splat(2)), sum));
}

/** Multiplies the gradient with the function's slope, which follows from its value. */
export function activateBack(op: Elements, first: u32, count: u32): void {
  const y = chunkOf(op.y, first);
  const dy = chunkOf(op.dy, first);
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      const value = y + sample * op.y.sample + row * op.y.row;
      const gradient = dy + sample * op.dy.sample + row * op.dy.row;
      for (let at: usize = 0; at < op.width; at += 16)
        v128.store(gradient + at, sloped(op, v128.load(value + at), v128.load(gradient + at)));
    }
  }
}

function sloped(op: Elements, y: v128, g: v128): v128 {
  const one = f32x4.splat(1);
  const positive = f32x4.gt(y, f32x4.splat(0));
  switch (op.kind) {
    case RELU:
      return v128.and(g, positive);
    case RELU6:
      return v128.and(g, v128.and(positive, f32x4.lt(y, f32x4.splat(6))));
    case ELU:
      return v128.bitselect(g, f32x4.mul(g, f32x4.add(y, one)), positive);
    case SELU: {
      const below = f32x4.add(y, f32x4.splat(SELU_SCALE * SELU_ALPHA));
      return f32x4.mul(g, v128.bitselect(f32x4.splat(SELU_SCALE), below, positive));
    }
    case SIGMOID:
      return f32x4.mul(g, f32x4.mul(y, f32x4.sub(one, y)));
    case TANH:
      return f32x4.mul(g, f32x4.sub(one, f32x4.mul(y, y)));
    case SOFTPLUS:
      return f32x4.mul(g, f32x4.sub(one, exp4(f32x4.neg(y))));
    default:
      return v128.bitselect(g, f32x4.mul(g, f32x4.splat(op.amount)), positive);
  }
}

/** Drops values at random, and makes the others larger instead. */
export function drop(control: Control, op: Elements, first: u32, count: u32): void {
  const rate: f32 = control.training ? op.amount : 0;
  if (rate > 0 || op.x != op.y) dropIn(control, op, rate, op.x, op.y, first, count);
}

/** Drops the gradients of the same values. */
export function dropBack(control: Control, op: Elements, first: u32, count: u32): void {
  dropIn(control, op, op.amount, op.dy, op.dy, first, count);
}

/** What is dropped depends on the step, the layer and the sample alone: threads and chunks do not show. */
function dropIn(control: Control, op: Elements, rate: f32, x: View, y: View, first: u32, count: u32): void {
  const least = i32x4.splat(<i32>(<u32>(rate * 4294967040.0)));
  const factor = f32x4.splat(1 / (1 - rate));
  for (let sample: u32 = 0; sample < count; sample++) {
    const start = mixed(control.seed + mixed(op.salt + mixed(first + sample + 1)));
    let state = i32x4.splat(<i32>(mixed(start + 1) | 1));
    state = i32x4.replace_lane(state, 1, <i32>(mixed(start + 2) | 1));
    state = i32x4.replace_lane(state, 2, <i32>(mixed(start + 3) | 1));
    state = i32x4.replace_lane(state, 3, <i32>(mixed(start + 4) | 1));
    for (let row: usize = 0; row < op.rows; row++) {
      const from = rowOf(x, first, <usize>sample, row);
      const to = rowOf(y, first, <usize>sample, row);
      for (let at: usize = 0; at < op.width; at += 16) {
        // Marsaglia's xorshift
        state = v128.xor(state, i32x4.shl(state, 13));
        state = v128.xor(state, i32x4.shr_u(state, 17));
        state = v128.xor(state, i32x4.shl(state, 5));
        const kept = i32x4.ge_u(state, least);
        v128.store(to + at, v128.and(f32x4.mul(v128.load(from + at), factor), kept));
      }
    }
  }
}

/** A window that moves over the picture and gives its maximum or its mean. */
@unmanaged
export class Pooling {
  x: View;
  y: View;
  dx: View;
  dy: View;
  /** For each output which input of its window is the greatest, two bytes each; NONE where it takes no gradient. */
  chosen: View;
  height: u32;
  width: u32;
  channels: u32;
  outHeight: u32;
  outWidth: u32;
  windowHeight: u32;
  windowWidth: u32;
  strideDown: u32;
  strideAcross: u32;
  top: u32;
  left: u32;
  mean: u32;
  /** 1 where the inputs are a rectifier's: of zeros none takes a gradient. */
  rectified: u32;
}

const NONE: i32 = 65535;

export function pool(op: Pooling, first: u32, count: u32): void {
  for (let sample: u32 = 0; sample < count; sample++) {
    const x = chunkOf(op.x, first) + <usize>sample * op.x.sample;
    const y = chunkOf(op.y, first) + <usize>sample * op.y.sample;
    const chosen = chunkOf(op.chosen, first) + <usize>sample * op.chosen.sample;
    for (let row: u32 = 0; row < op.outHeight; row++) {
      for (let column: u32 = 0; column < op.outWidth; column++) {
        const place = (<usize>column * op.channels) << 2;
        const into = y + <usize>row * op.y.row + place;
        if (op.mean) meanOf(op, x, row, column, into);
        else maximumOf(op, x, row, column, into, chosen + <usize>row * op.chosen.row + (place >> 1));
      }
    }
  }
}

function firstOf(out: u32, stride: u32, pad: u32): i32 {
  return <i32>(out * stride) - <i32>pad;
}

function maximumOf(op: Pooling, x: usize, row: u32, column: u32, y: usize, chosen: usize): void {
  const down = firstOf(row, op.strideDown, op.top);
  const across = firstOf(column, op.strideAcross, op.left);
  for (let channel: usize = 0; channel < op.channels; channel += 4) {
    let greatest = f32x4.splat(-Infinity);
    let place = i32x4.splat(0);
    for (let i: i32 = max(0, -down); i < min(<i32>op.windowHeight, <i32>op.height - down); i++) {
      const from = x + <usize>(down + i) * op.x.row + (channel << 2);
      for (let j: i32 = max(0, -across); j < min(<i32>op.windowWidth, <i32>op.width - across); j++) {
        const value = v128.load(from + ((<usize>(across + j) * op.channels) << 2));
        const greater = f32x4.gt(value, greatest);
        greatest = v128.bitselect(value, greatest, greater);
        place = v128.bitselect(i32x4.splat(i * <i32>op.windowWidth + j), place, greater);
      }
    }
    v128.store(y + (channel << 2), greatest);
    if (op.rectified) {
      const live = f32x4.gt(greatest, f32x4.splat(0));
      place = v128.bitselect(place, i32x4.splat(NONE), live);
    }
    v128.store64_lane(chosen + (channel << 1), i16x8.narrow_i32x4_u(place, place), 0);
  }
}

/** How many places of a window, whose first may lie before the picture, lie on it. */
function within(window: u32, size: u32, first: i32): i32 {
  return min(<i32>window, <i32>size - first) - max(0, -first);
}

function meanOf(op: Pooling, x: usize, row: u32, column: u32, y: usize): void {
  const down = firstOf(row, op.strideDown, op.top);
  const across = firstOf(column, op.strideAcross, op.left);
  const rows = within(op.windowHeight, op.height, down);
  const columns = within(op.windowWidth, op.width, across);
  const share = f32x4.splat(1 / <f32>(rows * columns));
  for (let channel: usize = 0; channel < op.channels; channel += 4) {
    let sum = f32x4.splat(0);
    for (let i: i32 = max(0, down); i < max(0, down) + rows; i++)
      for (let j: i32 = max(0, across); j < max(0, across) + columns; j++)
        sum = f32x4.add(sum, v128.load(x + <usize>i * op.x.row + ((<usize>j * op.channels + channel) << 2)));
    v128.store(y + (channel << 2), f32x4.mul(sum, share));
  }
}

export function poolBack(op: Pooling, first: u32, count: u32): void {
  for (let sample: u32 = 0; sample < count; sample++) {
    const dx = chunkOf(op.dx, first) + <usize>sample * op.dx.sample;
    const dy = chunkOf(op.dy, first) + <usize>sample * op.dy.sample;
    const chosen = chunkOf(op.chosen, first) + <usize>sample * op.chosen.sample;
    for (let row: u32 = 0; row < op.height; row++)
      memory.fill(dx + <usize>row * op.dx.row, 0, (<usize>op.width * op.channels) << 2);
    for (let row: u32 = 0; row < op.outHeight; row++) {
      for (let column: u32 = 0; column < op.outWidth; column++) {
        const place = (<usize>column * op.channels) << 2;
        const from = dy + <usize>row * op.dy.row + place;
        if (op.mean) spread(op, dx, row, column, from);
        else give(op, dx, row, column, from, chosen + <usize>row * op.chosen.row + (place >> 1));
      }
    }
  }
}

/** Gives each gradient to the input that was the greatest. */
function give(op: Pooling, dx: usize, row: u32, column: u32, dy: usize, chosen: usize): void {
  const down = firstOf(row, op.strideDown, op.top);
  const across = firstOf(column, op.strideAcross, op.left);
  const corner = dx + <usize>(down * <i32>op.dx.row) + <usize>(across * <i32>(op.channels << 2));
  for (let channel: usize = 0; channel < op.channels; channel++) {
    const place = <i32>load<u16>(chosen + (channel << 1));
    const g = load<f32>(dy + (channel << 2));
    if (place == NONE || g == 0) continue;
    const i = <u32>place / op.windowWidth;
    const j = <u32>place - i * op.windowWidth;
    const at = corner + <usize>i * op.dx.row + ((<usize>j * op.channels + channel) << 2);
    store<f32>(at, load<f32>(at) + g);
  }
}

/** Spreads each gradient over its window. */
function spread(op: Pooling, dx: usize, row: u32, column: u32, dy: usize): void {
  const down = firstOf(row, op.strideDown, op.top);
  const across = firstOf(column, op.strideAcross, op.left);
  const rows = within(op.windowHeight, op.height, down);
  const columns = within(op.windowWidth, op.width, across);
  const share = f32x4.splat(1 / <f32>(rows * columns));
  for (let channel: usize = 0; channel < op.channels; channel += 4) {
    const g = f32x4.mul(v128.load(dy + (channel << 2)), share);
    for (let i: i32 = max(0, down); i < max(0, down) + rows; i++) {
      for (let j: i32 = max(0, across); j < max(0, across) + columns; j++) {
        const at = dx + <usize>i * op.dx.row + ((<usize>j * op.channels + channel) << 2);
        v128.store(at, f32x4.add(v128.load(at), g));
      }
    }
  }
}
