import { gather } from './gather';
import { Product } from './product';
import { chunkOf } from './view';

/*
 * A convolution along rows, of stride 1, whose inputs a rectifier gave: about half of them are zero, and lists leave
 * these out. `weights` of such a product are [runs * length][outs].
 */

/** Outputs that are added to while what they are made of lies near. */
const WIDTH: u32 = 48;

/** Inputs that a place of the output is made from, one behind the other. */
function tapsOf(op: Product): u32 {
  return op.length / op.channels;
}

export function forwardByLists(op: Product, first: u32, count: u32): void {
  const taps = tapsOf(op);
  const row = (<usize>op.outs) << 2;
  for (let sample: usize = 0; sample < count; sample++) {
    const y = chunkOf(op.y, first) + sample * op.y.sample;
    listPlaces(op, chunkOf(op.x, first) + sample * op.x.sample);
    for (let place: usize = 0; place < op.pixels; place++) memory.copy(y + place * row, op.bias, row);
    for (let out: u32 = 0; out < op.outs; out += WIDTH) {
      const width = min(WIDTH, op.outs - out);
      for (let tap: u32 = 0; tap < taps; tap++) {
        const rows = op.weights + <usize>(tap * op.channels) * op.stride + ((<usize>out) << 2);
        let into = y + ((<usize>out) << 2);
        let from = tap ? load<u32>(op.placeEnds + ((<usize>(tap - 1)) << 2)) : <u32>op.byPlace;
        for (let place = tap; place < tap + op.pixels; place++) {
          const to = load<u32>(op.placeEnds + ((<usize>place) << 2));
          if (to > from) gather((to - from) >> 3, from, rows, into, width);
          from = to;
          into += row;
        }
      }
    }
    if (op.floor == 0) rectify(y, <usize>op.pixels * row);
  }
}

/** Lists what is not zero at each place of a row: where its weights are, and itself. */
function listPlaces(op: Product, x: usize): void {
  const places = op.pixels + tapsOf(op) - 1;
  let entry = op.byPlace;
  let at = x;
  for (let place: u32 = 0; place < places; place++) {
    for (let channel: u32 = 0; channel < op.channels; channel++) {
      const value = load<f32>(at);
      store<u32>(entry, channel * <u32>op.stride);
      store<f32>(entry, value, 4);
      entry += value != 0 ? 8 : 0;
      at += 4;
    }
    store<u32>(op.placeEnds + ((<usize>place) << 2), <u32>entry);
  }
}

function rectify(from: usize, bytes: usize): void {
  for (let at = from; at < from + bytes; at += 16) v128.store(at, f32x4.pmax(v128.load(at), f32x4.splat(0)));
}

export function backwardByLists(op: Product, first: u32, count: u32): void {
  addToBias(op, first, count);
  addToWeights(op, first, count);
  if (changetype<usize>(op.dx) != 0) addToInputs(op, first, count);
}

/** Adds to the gradient of the weights. */
function addToWeights(op: Product, first: u32, count: u32): void {
  const taps = tapsOf(op);
  const row = op.outs << 2;
  const room = (<usize>op.capacity) << 3;
  for (let sample: usize = 0; sample < count; sample++) {
    const dy = chunkOf(op.dy, first) + sample * op.dy.sample;
    listInputs(op, chunkOf(op.x, first) + sample * op.x.sample, row);
    for (let out: u32 = 0; out < op.outs; out += WIDTH) {
      const width = min(WIDTH, op.outs - out);
      for (let tap: u32 = 0; tap < taps; tap++) {
        const rows = dy + ((<usize>out) << 2) - <usize>(tap * row);
        let into = op.gradient + <usize>(tap * op.channels) * op.stride + ((<usize>out) << 2);
        for (let channel: u32 = 0; channel < op.channels; channel++, into += op.stride) {
          let from = op.byOutput + <usize>channel * room;
          let to = from + ((<usize>load<u32>(op.outputCounts + ((<usize>channel) << 2))) << 3);
          // at the ends of a row a tap is used by fewer places
          while (from < to && load<u32>(from) < tap * row) from += 8;
          while (from < to && load<u32>(to - 8) >= (tap + op.pixels) * row) to -= 8;
          if (to > from) gather(<u32>((to - from) >> 3), from, rows, into, width);
        }
      }
    }
  }
}

/** Lists for each channel of a row what is not zero: where the gradient behind it is, and itself. */
function listInputs(op: Product, x: usize, row: u32): void {
  const places = op.pixels + tapsOf(op) - 1;
  const room = (<usize>op.capacity) << 3;
  memory.fill(op.outputCounts, 0, (<usize>op.channels) << 2);
  let at = x;
  for (let place: u32 = 0; place < places; place++) {
    let list = op.byOutput;
    for (let channel: usize = 0; channel < op.channels; channel++, list += room, at += 4) {
      const value = load<f32>(at);
      const counter = op.outputCounts + (channel << 2);
      const found = load<u32>(counter);
      const entry = list + ((<usize>found) << 3);
      store<u32>(entry, place * row);
      store<f32>(entry, value, 4);
      store<u32>(counter, found + <u32>(value != 0));
    }
  }
}

/** Adds to the gradient of the input, but where that is zero: there the rectifier takes none. */
function addToInputs(op: Product, first: u32, count: u32): void {
  const taps = tapsOf(op);
  const row = (<usize>op.outs) << 2;
  const width = (<usize>op.channels) << 2;
  for (let sample: usize = 0; sample < count; sample++) {
    const dx = chunkOf(op.dx, first) + sample * op.dx.sample;
    const dy = chunkOf(op.dy, first) + sample * op.dy.sample;
    if (!op.adds) memory.fill(dx, 0, op.dx.sample);
    listNeeded(op, chunkOf(op.x, first) + sample * op.x.sample);
    for (let tap: u32 = 0; tap < taps; tap++) {
      const weights = op.weights + <usize>(tap * op.channels) * op.stride;
      let slopes = dy;
      let into = dx + <usize>tap * width;
      let from = <usize>(tap ? load<u32>(op.placeEnds + ((<usize>(tap - 1)) << 2)) : <u32>op.byPlace);
      for (let place = tap; place < tap + op.pixels; place++, slopes += row, into += width) {
        const to = <usize>load<u32>(op.placeEnds + ((<usize>place) << 2));
        for (let entry = from; entry < to; entry += 48) addSix(entry, to - 8, weights, slopes, into, row);
        from = to;
      }
    }
  }
}

/** Lists what is not zero at each place of a row: where its weights are, and where its gradient is. */
function listNeeded(op: Product, x: usize): void {
  const places = op.pixels + tapsOf(op) - 1;
  let entry = op.byPlace;
  let at = x;
  for (let place: usize = 0; place < places; place++) {
    for (let channel: u32 = 0; channel < op.channels; channel++, at += 4) {
      store<u32>(entry, channel * <u32>op.stride);
      store<u32>(entry, channel << 2, 4);
      entry += load<f32>(at) != 0 ? 8 : 0;
    }
    store<u32>(op.placeEnds + (place << 2), <u32>entry);
  }
}

/**
 * Adds to up to six numbers the products of their weights with a place's gradient.
 *
 * @param entry the first of the list's that are worked on
 * @param last the last one there is
 * @param bytes of the gradient
 */
function addSix(entry: usize, last: usize, weights: usize, dy: usize, dx: usize, bytes: usize): void {
  let w0 = weights + load<u32>(entry),
    w1 = weights + load<u32>(min(entry + 8, last)),
    w2 = weights + load<u32>(min(entry + 16, last));
  let w3 = weights + load<u32>(min(entry + 24, last)),
    w4 = weights + load<u32>(min(entry + 32, last)),
    w5 = weights + load<u32>(min(entry + 40, last));
  let a0 = f32x4.splat(0),
    b0 = a0,
    c0 = a0,
    d0 = a0,
    e0 = a0,
    f0 = a0;
  let a1 = a0,
    b1 = a0,
    c1 = a0,
    d1 = a0,
    e1 = a0,
    f1 = a0;
  const end = dy + bytes;
  for (; dy + 32 <= end; dy += 32) {
    const g = v128.load(dy),
      h = v128.load(dy, 16);
    a0 = f32x4.add(f32x4.mul(g, v128.load(w0)), a0);
    a1 = f32x4.add(f32x4.mul(h, v128.load(w0, 16)), a1);
    b0 = f32x4.add(f32x4.mul(g, v128.load(w1)), b0);
    b1 = f32x4.add(f32x4.mul(h, v128.load(w1, 16)), b1);
    c0 = f32x4.add(f32x4.mul(g, v128.load(w2)), c0);
    c1 = f32x4.add(f32x4.mul(h, v128.load(w2, 16)), c1);
    d0 = f32x4.add(f32x4.mul(g, v128.load(w3)), d0);
    d1 = f32x4.add(f32x4.mul(h, v128.load(w3, 16)), d1);
    e0 = f32x4.add(f32x4.mul(g, v128.load(w4)), e0);
    e1 = f32x4.add(f32x4.mul(h, v128.load(w4, 16)), e1);
    f0 = f32x4.add(f32x4.mul(g, v128.load(w5)), f0);
    f1 = f32x4.add(f32x4.mul(h, v128.load(w5, 16)), f1);
    w0 += 32;
    w1 += 32;
    w2 += 32;
    w3 += 32;
    w4 += 32;
    w5 += 32;
  }
  if (dy < end) {
    const g = v128.load(dy);
    a0 = f32x4.add(f32x4.mul(g, v128.load(w0)), a0);
    b0 = f32x4.add(f32x4.mul(g, v128.load(w1)), b0);
    c0 = f32x4.add(f32x4.mul(g, v128.load(w2)), c0);
    d0 = f32x4.add(f32x4.mul(g, v128.load(w3)), d0);
    e0 = f32x4.add(f32x4.mul(g, v128.load(w4)), e0);
    f0 = f32x4.add(f32x4.mul(g, v128.load(w5)), f0);
  }
  addSum(dx, entry, f32x4.add(a0, a1));
  if (entry + 8 <= last) addSum(dx, entry + 8, f32x4.add(b0, b1));
  if (entry + 16 <= last) addSum(dx, entry + 16, f32x4.add(c0, c1));
  if (entry + 24 <= last) addSum(dx, entry + 24, f32x4.add(d0, d1));
  if (entry + 32 <= last) addSum(dx, entry + 32, f32x4.add(e0, e1));
  if (entry + 40 <= last) addSum(dx, entry + 40, f32x4.add(f0, f1));
}

/** Adds the sum of four numbers to the one that an entry of a list names. */
function addSum(dx: usize, entry: usize, four: v128): void {
  const two = f32x4.add(four, v128.shuffle<i32>(four, four, 2, 3, 0, 1));
  const at = dx + load<u32>(entry, 4);
  store<f32>(at, load<f32>(at) + (f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1)));
}

/** Adds to the gradient of the bias. */
function addToBias(op: Product, first: u32, count: u32): void {
  const row = (<usize>op.outs) << 2;
  for (let sample: usize = 0; sample < count; sample++) {
    const dy = chunkOf(op.dy, first) + sample * op.dy.sample;
    for (let out: usize = 0; out < row; out += 16) {
      let sum = v128.load(op.biasGradient + out);
      for (let place: usize = 0; place < op.pixels; place++)
        sum = f32x4.add(sum, v128.load(dy + place * row + out));
      v128.store(op.biasGradient + out, sum);
    }
  }
}
