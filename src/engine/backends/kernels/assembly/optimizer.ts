import { Control } from './control';

/** The optimizers as `Control.optimizer` names them. */
const SGD: u32 = 0;
const MOMENTUM: u32 = 1;
const RMSPROP: u32 = 2;

/** What the optimizer changes, and what it remembers of it. */
@unmanaged
export class Parameter {
  values: usize;
  first: usize;
  second: usize;
  /** How many numbers, a multiple of 4. */
  count: u32;
  /** Twice the share of the squares in the loss. */
  decay: f32;
  /** 1 where the values themselves shrink each step. */
  shrinks: u32;
  /** The first thread's gradient, and the bytes from there to the next thread's. */
  gradients: usize;
  apart: usize;
}

/** Takes a step on some of a parameter's values, from byte `at` on, by their gradient. */
export function update(control: Control, parameter: Parameter, at: usize, gradient: usize, count: u32): void {
  const values = parameter.values + at;
  const first = parameter.first + at;
  const second = parameter.second + at;
  const decay = f32x4.splat(parameter.decay);
  const rate = f32x4.splat(control.rate);
  const bytes = (<usize>count) << 2;
  if (control.optimizer > RMSPROP) {
    const correction = f32x4.splat(control.firstCorrection);
    const second_ = f32x4.splat(control.secondCorrection);
    const epsilon = f32x4.splat(1e-7);
    for (let i: usize = 0; i < bytes; i += 16) {
      const value = v128.load(values + i);
      const g = f32x4.add(v128.load(gradient + i), f32x4.mul(decay, value));
      const m = f32x4.add(f32x4.mul(v128.load(first + i), f32x4.splat(0.9)), f32x4.mul(g, f32x4.splat(0.1)));
      const square = f32x4.mul(f32x4.mul(g, g), f32x4.splat(0.001));
      const v = f32x4.add(f32x4.mul(v128.load(second + i), f32x4.splat(0.999)), square);
      v128.store(first + i, m);
      v128.store(second + i, v);
      const divisor = f32x4.add(f32x4.sqrt(f32x4.mul(v, second_)), epsilon);
      const change = f32x4.div(f32x4.mul(f32x4.mul(m, correction), rate), divisor);
      v128.store(values + i, f32x4.sub(value, change));
    }
  } else if (control.optimizer == RMSPROP) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const value = v128.load(values + i);
      const g = f32x4.add(v128.load(gradient + i), f32x4.mul(decay, value));
      const square = f32x4.mul(f32x4.mul(g, g), f32x4.splat(0.1));
      const v = f32x4.add(f32x4.mul(v128.load(first + i), f32x4.splat(0.9)), square);
      v128.store(first + i, v);
      const change = f32x4.div(f32x4.mul(g, rate), f32x4.sqrt(f32x4.add(v, f32x4.splat(1e-7))));
      v128.store(values + i, f32x4.sub(value, change));
    }
  } else {
    const memory = f32x4.splat(control.optimizer == MOMENTUM ? 0.9 : 0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const value = v128.load(values + i);
      let g = f32x4.add(v128.load(gradient + i), f32x4.mul(decay, value));
      if (control.optimizer != SGD) {
        g = f32x4.add(f32x4.mul(v128.load(first + i), memory), g);
        v128.store(first + i, g);
      }
      v128.store(values + i, f32x4.sub(value, f32x4.mul(g, rate)));
    }
  }
}

/** Adds up what the threads found for a thread's share of a parameter, and takes the step there. */
export function reduce(control: Control, parameter: Parameter, thread: u32): void {
  addUp(control, parameter, thread);
  const from = shareOf(control, parameter, thread);
  const to = shareOf(control, parameter, thread + 1);
  update(control, parameter, from, parameter.gradients + from, <u32>((to - from) >> 2));
}

/** Adds up what the threads found for a thread's share of a parameter, where the first thread's gradient is. */
export function addUp(control: Control, parameter: Parameter, thread: u32): void {
  const from = shareOf(control, parameter, thread);
  const to = shareOf(control, parameter, thread + 1);
  const gradients = parameter.gradients;
  for (let other: usize = 1; other < control.threads; other++) {
    const theirs = gradients + other * parameter.apart;
    for (let i = from; i < to; i += 16)
      v128.store(gradients + i, f32x4.add(v128.load(gradients + i), v128.load(theirs + i)));
  }
}

/** Bytes to where a thread's share of a parameter begins. */
function shareOf(control: Control, parameter: Parameter, thread: u32): usize {
  return (<usize>(((parameter.count >> 2) * thread) / control.threads)) << 4;
}

/** Lets a thread's share of a parameter shrink, where it does by itself. */
export function shrink(control: Control, parameter: Parameter, thread: u32): void {
  if (!parameter.shrinks) return;
  const from = shareOf(control, parameter, thread);
  const to = shareOf(control, parameter, thread + 1);
  const keep = f32x4.splat(control.keep);
  for (let i = from; i < to; i += 16)
    v128.store(parameter.values + i, f32x4.mul(v128.load(parameter.values + i), keep));
}
