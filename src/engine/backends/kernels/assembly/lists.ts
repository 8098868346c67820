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

/** Adds to the gradient of the weights. */
export function weightsByLists(op: Product, first: u32, count: u32): void {
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

/** Brings a thread's share of the weights into the order that the gradient of the inputs is made by. */
export function packRows(op: Product, from: u32, to: u32): void {
  const inputs = op.runs * op.length;
  for (let out = from; out < to; out += 4) {
    for (let k: u32 = 0; k < inputs; k += 4) {
      const at = op.weights + <usize>k * op.stride + ((<usize>out) << 2);
      const into = op.rows + <usize>out * op.rowStride + ((<usize>k) << 2);
      const a = v128.load(at),
        b = v128.load(at + op.stride);
      const c = v128.load(at + 2 * op.stride),
        d = v128.load(at + 3 * op.stride);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5),
        cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const ab2 = v128.shuffle<i32>(a, b, 2, 6, 3, 7),
        cd2 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      v128.store(into, v128.shuffle<i64>(ab, cd, 0, 2));
      v128.store(into + op.rowStride, v128.shuffle<i64>(ab, cd, 1, 3));
      v128.store(into + 2 * op.rowStride, v128.shuffle<i64>(ab2, cd2, 0, 2));
      v128.store(into + 3 * op.rowStride, v128.shuffle<i64>(ab2, cd2, 1, 3));
    }
  }
}
