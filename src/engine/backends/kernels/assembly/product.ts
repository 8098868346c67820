import { Control } from './control';
import { gather } from './gather';
import { Parameter, update } from './optimizer';
import { FROM_BIAS, GO_ON, tile } from './tile';
import { chunkOf, View } from './view';

/**
 * A layer that multiplies with weights: a convolution, whose places are pixels and whose inputs are a run for each row
 * of the kernel; or a dense layer, which has one place a sample and one run.
 */
@unmanaged
export class Product {
  x: View;
  y: View;
  /** For each place of a chunk the offset of its first run in x, and of its outputs in y. */
  places: usize;
  outputs: usize;
  /** The offset of its gradients in dy. */
  slopes: usize;
  /** Places of a sample. */
  pixels: u32;
  runs: u32;
  /** Inputs of a run, and bytes from one run to the next. */
  length: u32;
  step: usize;
  /** Outputs of a place, a multiple of 4. */
  outs: u32;
  /** [outs][runs * length] or [runs * length][outs], `stride` bytes from one list to the next. */
  weights: usize;
  stride: usize;
  /** The same as [outs / 8][runs * length][8]. */
  packed: usize;
  /** [outs], up to the next multiple of 8 in memory. */
  bias: usize;
  /** The least output. */
  floor: f32;
  /** Six offsets of the last places, twice. */
  edge: usize;
  /** The gradient of y, and where that of x goes; 0 where nobody wants that. */
  dy: View;
  dx: View;
  /** This thread's gradients of weights and bias. */
  gradient: usize;
  biasGradient: usize;
  /** Lists of what is not zero in dy: of each place, and of each output with room for `capacity`. */
  byPlace: usize;
  placeEnds: usize;
  byOutput: usize;
  outputCounts: usize;
  capacity: u32;
  /** For each input the offset from its place's first, where runs are no vectors; else 0. */
  taps: usize;
  /** 1 where the weights learn over the whole batch at once: see `learn`. */
  atOnce: u32;
  parameter: Parameter;
  /** 1 where dx has a part of the gradient already. */
  adds: u32;
  /** Of the input. */
  channels: u32;
}

/** Inputs of a dense layer, and places of a convolution, that are worked on while they lie near. */
const DEPTH: u32 = 512;
const PLACES: u32 = 96;

export function forward(op: Product, first: u32, count: u32): void {
  const x = chunkOf(op.x, first);
  const y = chunkOf(op.y, first);
  const total = op.pixels * count;
  const depth = op.runs == 1 ? DEPTH : op.length;
  const inputs = op.runs * op.length;
  const last = total >= 6 ? total - (total % 6) : 0;
  fillEdge(op, last, total);
  for (let k: u32 = 0; k < op.length; k += depth) {
    const part = min(depth, op.length - k);
    const floor = f32x4.splat(k + part == op.length ? op.floor : -Infinity);
    for (let from: u32 = 0; from < total; from += PLACES) {
      const to = min(from + PLACES, total);
      for (let out: u32 = 0; out < op.outs; out += 8) {
        const weights = op.packed + (<usize>out * inputs + <usize>k * 8) * 4;
        for (let place = from; place < to; place += 6) {
          const whole = place + 6 <= total;
          tile(
            x + ((<usize>k) << 2),
            whole ? op.places + ((<usize>place) << 2) : op.edge,
            weights,
            y + ((<usize>out) << 2),
            whole ? op.outputs + ((<usize>place) << 2) : op.edge + 24,
            op.runs,
            part,
            op.step,
            op.bias + ((<usize>out) << 2),
            k == 0 ? FROM_BIAS : GO_ON,
            floor,
            op.outs - out < 8 ? 1 : 0,
          );
        }
      }
    }
  }
}

/** The last tile does its last place again where there are too few. */
function fillEdge(op: Product, from: u32, total: u32): void {
  for (let i: u32 = 0; i < 6; i++) {
    const place = (<usize>min(from + i, total - 1)) << 2;
    store<u32>(op.edge + ((<usize>i) << 2), load<u32>(op.places + place));
    store<u32>(op.edge + 24 + ((<usize>i) << 2), load<u32>(op.outputs + place));
  }
}

/** Brings a thread's share of the weights into the order that `forward` reads them in. */
export function pack(control: Control, op: Product, thread: u32): void {
  const panels = (op.outs + 7) >> 3;
  const inputs = op.runs * op.length;
  const vectors = inputs & ~3;
  for (
    let panel = (panels * thread) / control.threads;
    panel < (panels * (thread + 1)) / control.threads;
    panel++
  ) {
    const to = op.packed + <usize>panel * inputs * 32;
    for (let half: u32 = 0; half < 2; half++) {
      const out = panel * 8 + half * 4;
      if (out >= op.outs) continue;
      const row = op.weights + <usize>out * op.stride;
      let into = to + <usize>half * 16;
      let k: u32 = 0;
      for (; k < vectors; k += 4) {
        const at = row + ((<usize>k) << 2);
        const a = v128.load(at),
          b = v128.load(at + op.stride);
        const c = v128.load(at + 2 * op.stride),
          d = v128.load(at + 3 * op.stride);
        const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5),
          cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
        const ab2 = v128.shuffle<i32>(a, b, 2, 6, 3, 7),
          cd2 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
        v128.store(into, v128.shuffle<i64>(ab, cd, 0, 2));
        v128.store(into, v128.shuffle<i64>(ab, cd, 1, 3), 32);
        v128.store(into, v128.shuffle<i64>(ab2, cd2, 0, 2), 64);
        v128.store(into, v128.shuffle<i64>(ab2, cd2, 1, 3), 96);
        into += 128;
      }
      for (; k < inputs; k++) {
        for (let i: usize = 0; i < 4; i++)
          store<f32>(into + (i << 2), load<f32>(row + i * op.stride + ((<usize>k) << 2)));
        into += 32;
      }
    }
  }
}

/** Lists what is not zero in dy, and adds it to the bias's gradient. */
function list(op: Product, dy: usize, count: u32, withPlaces: bool, withBias: bool): void {
  const total = op.pixels * count;
  let place = op.byPlace;
  memory.fill(op.outputCounts, 0, (<usize>op.outs) << 2);
  const room = (<usize>op.capacity) << 3;
  for (let p: u32 = 0; p < total; p++) {
    const at = dy + load<u32>(op.slopes + ((<usize>p) << 2));
    const input = load<u32>(op.places + ((<usize>p) << 2));
    for (let out: u32 = 0; out < op.outs; out += 4) {
      const four = v128.load(at + ((<usize>out) << 2));
      if (!v128.any_true(f32x4.ne(four, f32x4.splat(0)))) continue;
      if (withBias) {
        const bias = op.biasGradient + ((<usize>out) << 2);
        v128.store(bias, f32x4.add(v128.load(bias), four));
      }
      for (let i: u32 = 0; i < 4; i++) {
        const g = load<f32>(at + ((<usize>(out + i)) << 2));
        const live = g != 0;
        if (withPlaces) {
          store<u32>(place, (out + i) * <u32>op.stride);
          store<f32>(place, g, 4);
          place += live ? 8 : 0;
        }
        const counter = op.outputCounts + ((<usize>(out + i)) << 2);
        const found = load<u32>(counter);
        const entry = op.byOutput + <usize>(out + i) * room + ((<usize>found) << 3);
        store<u32>(entry, input);
        store<f32>(entry, g, 4);
        store<u32>(counter, found + <u32>live);
      }
    }
    if (withPlaces) store<u32>(op.placeEnds + ((<usize>p) << 2), <u32>place);
  }
}

export function backward(op: Product, first: u32, count: u32): void {
  const dy = chunkOf(op.dy, first);
  const wantsInput = changetype<usize>(op.dx) != 0;
  if (op.taps) {
    tapGradient(op, chunkOf(op.x, first), dy, count);
    return;
  }
  list(op, dy, count, wantsInput, true);
  if (!op.atOnce) weightGradient(op, chunkOf(op.x, first));
  if (wantsInput) inputGradient(op, chunkOf(op.dx, first), count);
}

/** Numbers of a run that are added to while what they are made of lies near. */
const WIDTH: u32 = 48;

function weightGradient(op: Product, x: usize): void {
  const room = (<usize>op.capacity) << 3;
  for (let run: u32 = 0; run < op.runs; run++) {
    for (let k: u32 = 0; k < op.length; k += WIDTH) {
      const width = min(WIDTH, op.length - k);
      const rows = x + <usize>run * op.step + ((<usize>k) << 2);
      const into = op.gradient + ((<usize>(run * op.length + k)) << 2);
      for (let out: u32 = 0; out < op.outs; out++) {
        const found = load<u32>(op.outputCounts + ((<usize>out) << 2));
        if (found) gather(found, op.byOutput + <usize>out * room, rows, into + <usize>out * op.stride, width);
      }
    }
  }
}

function inputGradient(op: Product, dx: usize, count: u32): void {
  if (!op.adds) memory.fill(dx, 0, <usize>count * op.dx.sample);
  const total = op.pixels * count;
  for (let run: u32 = 0; run < op.runs; run++) {
    for (let k: u32 = 0; k < op.length; k += WIDTH) {
      const width = min(WIDTH, op.length - k);
      const rows = op.weights + ((<usize>(run * op.length + k)) << 2);
      const into = dx + <usize>run * op.step + ((<usize>k) << 2);
      let from = op.byPlace;
      for (let p: u32 = 0; p < total; p++) {
        const to = <usize>load<u32>(op.placeEnds + ((<usize>p) << 2));
        if (to > from)
          gather(<u32>((to - from) >> 3), from, rows, into + load<u32>(op.places + ((<usize>p) << 2)), width);
        from = to;
      }
    }
  }
}

/** The gradient of weights whose inputs are no vectors, as those of a gray picture: six inputs by eight outputs. */
function tapGradient(op: Product, x: usize, dy: usize, count: u32): void {
  const total = op.pixels * count;
  const inputs = op.runs * op.length;
  for (let out: u32 = 0; out < op.outs; out += 4) {
    let bias = v128.load(op.biasGradient + ((<usize>out) << 2));
    for (let p: u32 = 0; p < total; p++)
      bias = f32x4.add(bias, v128.load(dy + load<u32>(op.slopes + ((<usize>p) << 2)) + ((<usize>out) << 2)));
    v128.store(op.biasGradient + ((<usize>out) << 2), bias);
    for (let k: u32 = 0; k < inputs; k += 6) taps(op, x, dy + ((<usize>out) << 2), total, out, k, inputs);
  }
}

function taps(op: Product, x: usize, dy: usize, total: u32, out: u32, k: u32, inputs: u32): void {
  const last = inputs - 1;
  const x0 = x + load<u32>(op.taps + ((<usize>k) << 2));
  const x1 = x + load<u32>(op.taps + ((<usize>min(k + 1, last)) << 2));
  const x2 = x + load<u32>(op.taps + ((<usize>min(k + 2, last)) << 2));
  const x3 = x + load<u32>(op.taps + ((<usize>min(k + 3, last)) << 2));
  const x4 = x + load<u32>(op.taps + ((<usize>min(k + 4, last)) << 2));
  const x5 = x + load<u32>(op.taps + ((<usize>min(k + 5, last)) << 2));
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0,
    s4 = s0,
    s5 = s0;
  for (let p: u32 = 0; p < total; p++) {
    const at = (<usize>p) << 2;
    const g = v128.load(dy + load<u32>(op.slopes + at));
    const place = load<u32>(op.places + at);
    s0 = f32x4.add(f32x4.mul(g, v128.load32_splat(x0 + place)), s0);
    s1 = f32x4.add(f32x4.mul(g, v128.load32_splat(x1 + place)), s1);
    s2 = f32x4.add(f32x4.mul(g, v128.load32_splat(x2 + place)), s2);
    s3 = f32x4.add(f32x4.mul(g, v128.load32_splat(x3 + place)), s3);
    s4 = f32x4.add(f32x4.mul(g, v128.load32_splat(x4 + place)), s4);
    s5 = f32x4.add(f32x4.mul(g, v128.load32_splat(x5 + place)), s5);
  }
  addTap(op, s0, out, k);
  if (k + 1 < inputs) addTap(op, s1, out, k + 1);
  if (k + 2 < inputs) addTap(op, s2, out, k + 2);
  if (k + 3 < inputs) addTap(op, s3, out, k + 3);
  if (k + 4 < inputs) addTap(op, s4, out, k + 4);
  if (k + 5 < inputs) addTap(op, s5, out, k + 5);
}

function addTap(op: Product, sums: v128, out: u32, k: u32): void {
  const at = op.gradient + <usize>out * op.stride + ((<usize>k) << 2);
  store<f32>(at, load<f32>(at) + f32x4.extract_lane(sums, 0));
  store<f32>(at + op.stride, load<f32>(at + op.stride) + f32x4.extract_lane(sums, 1));
  store<f32>(at + 2 * op.stride, load<f32>(at + 2 * op.stride) + f32x4.extract_lane(sums, 2));
  store<f32>(at + 3 * op.stride, load<f32>(at + 3 * op.stride) + f32x4.extract_lane(sums, 3));
}

/**
 * The gradient of a thread's share of a dense layer's inputs over the whole batch, and the step on their weights at
 * once: a gradient as large as the weights is never written.
 */
export function learn(control: Control, op: Product, thread: u32): void {
  list(op, op.dy.base, control.size, false, false);
  const room = (<usize>op.capacity) << 3;
  const parts = (op.length + WIDTH - 1) / WIDTH;
  for (
    let part = (parts * thread) / control.threads;
    part < (parts * (thread + 1)) / control.threads;
    part++
  ) {
    const k = part * WIDTH;
    const width = min(WIDTH, op.length - k);
    const rows = op.x.base + ((<usize>k) << 2);
    for (let out: u32 = 0; out < op.outs; out++) {
      memory.fill(op.gradient, 0, (<usize>WIDTH) << 2);
      const found = load<u32>(op.outputCounts + ((<usize>out) << 2));
      if (found) gather(found, op.byOutput + <usize>out * room, rows, op.gradient, width);
      update(control, op.parameter, <usize>out * op.stride + ((<usize>k) << 2), op.gradient, width);
    }
  }
}
