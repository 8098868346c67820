import { chunkOf, rowOf, View } from './view';

/** A convolution that takes each channel by itself. */
@unmanaged
export class Depthwise {
  /** What it takes, with the zeros around it, and where the gradient of that goes. */
  x: View;
  y: View;
  dx: View;
  dy: View;
  channels: usize;
  outHeight: usize;
  outWidth: usize;
  windowHeight: usize;
  windowWidth: usize;
  strideDown: usize;
  strideAcross: usize;
  /** [windowHeight][windowWidth][channels] */
  kernel: usize;
  bias: usize;
  kernelGradient: usize;
  biasGradient: usize;
}

export function depthwise(op: Depthwise, first: u32, count: u32): void {
  const step = op.channels << 2;
  for (let sample: usize = 0; sample < count; sample++) {
    const x = chunkOf(op.x, first) + sample * op.x.sample;
    const y = chunkOf(op.y, first) + sample * op.y.sample;
    for (let row: usize = 0; row < op.outHeight; row++) {
      for (let column: usize = 0; column < op.outWidth; column++) {
        const from = x + row * op.strideDown * op.x.row + column * op.strideAcross * step;
        const to = y + row * op.y.row + column * step;
        for (let channel: usize = 0; channel < step; channel += 16) {
          let weight = op.kernel + channel;
          let sum = v128.load(op.bias + channel);
          for (let i: usize = 0; i < op.windowHeight; i++) {
            let at = from + i * op.x.row + channel;
            for (let j: usize = 0; j < op.windowWidth; j++) {
              sum = f32x4.add(sum, f32x4.mul(v128.load(at), v128.load(weight)));
              at += step;
              weight += step;
            }
          }
          v128.store(to + channel, sum);
        }
      }
    }
  }
}

export function depthwiseBack(op: Depthwise, first: u32, count: u32): void {
  const step = op.channels << 2;
  memory.fill(chunkOf(op.dx, first), 0, <usize>count * op.dx.sample);
  for (let sample: usize = 0; sample < count; sample++) {
    for (let channel: usize = 0; channel < step; channel += 16) {
      biasBack(op, first, sample, channel);
      for (let i: usize = 0; i < op.windowHeight; i++)
        for (let j: usize = 0; j < op.windowWidth; j++) weightBack(op, first, sample, channel, i, j);
    }
  }
}

function biasBack(op: Depthwise, first: u32, sample: usize, channel: usize): void {
  const step = op.channels << 2;
  let sum = v128.load(op.biasGradient + channel);
  for (let row: usize = 0; row < op.outHeight; row++) {
    const from = rowOf(op.dy, first, sample, row) + channel;
    for (let column: usize = 0; column < op.outWidth; column++)
      sum = f32x4.add(sum, v128.load(from + column * step));
  }
  v128.store(op.biasGradient + channel, sum);
}

/** What one weight of four channels gets of a sample, and what its inputs do. */
function weightBack(op: Depthwise, first: u32, sample: usize, channel: usize, i: usize, j: usize): void {
  const step = op.channels << 2;
  const place = (i * op.windowWidth + j) * step + channel;
  const weight = v128.load(op.kernel + place);
  let sum = v128.load(op.kernelGradient + place);
  for (let row: usize = 0; row < op.outHeight; row++) {
    const down = row * op.strideDown + i;
    const dy = rowOf(op.dy, first, sample, row) + channel;
    let x = chunkOf(op.x, first) + sample * op.x.sample + down * op.x.row + j * step + channel;
    let dx = chunkOf(op.dx, first) + sample * op.dx.sample + down * op.dx.row + j * step + channel;
    for (let column: usize = 0; column < op.outWidth; column++) {
      const g = v128.load(dy + column * step);
      sum = f32x4.add(sum, f32x4.mul(g, v128.load(x)));
      v128.store(dx, f32x4.add(v128.load(dx), f32x4.mul(g, weight)));
      x += op.strideAcross * step;
      dx += op.strideAcross * step;
    }
  }
  v128.store(op.kernelGradient + place, sum);
}

/** A rectifier with a slope of its own below zero for each number (He et al. 2015). */
@unmanaged
export class Prelu {
  x: View;
  y: View;
  dx: View;
  dy: View;
  rows: u32;
  /** Bytes of a row. */
  width: usize;
  /** [rows][width] */
  slopes: usize;
  slopesGradient: usize;
}

export function prelu(op: Prelu, first: u32, count: u32): void {
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      const from = rowOf(op.x, first, sample, row);
      const to = rowOf(op.y, first, sample, row);
      const slopes = op.slopes + row * op.width;
      for (let at: usize = 0; at < op.width; at += 16) {
        const x = v128.load(from + at);
        const below = f32x4.mul(x, v128.load(slopes + at));
        v128.store(to + at, v128.bitselect(x, below, f32x4.gt(x, f32x4.splat(0))));
      }
    }
  }
}

export function preluBack(op: Prelu, first: u32, count: u32): void {
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      const x = rowOf(op.x, first, sample, row);
      const dy = rowOf(op.dy, first, sample, row);
      const dx = rowOf(op.dx, first, sample, row);
      const slopes = op.slopes + row * op.width;
      const sums = op.slopesGradient + row * op.width;
      for (let at: usize = 0; at < op.width; at += 16) {
        const value = v128.load(x + at);
        const g = v128.load(dy + at);
        const positive = f32x4.gt(value, f32x4.splat(0));
        v128.store(dx + at, v128.bitselect(g, f32x4.mul(g, v128.load(slopes + at)), positive));
        const slope = v128.andnot(f32x4.mul(g, value), positive);
        v128.store(sums + at, f32x4.add(v128.load(sums + at), slope));
      }
    }
  }
}

/** Pictures with zeros around them. */
@unmanaged
export class Frame {
  x: View;
  /** With the zeros, and without. */
  whole: View;
  inside: View;
  dx: View;
  dy: View;
  rows: u32;
  /** Bytes of a row of x. */
  width: usize;
  /** Bytes of what the zeros are a part of. */
  bytes: usize;
}

export function frame(op: Frame, first: u32, count: u32): void {
  for (let sample: usize = 0; sample < count; sample++) {
    // a function behind it may have changed the zeros where they lie
    memory.fill(chunkOf(op.whole, first) + sample * op.whole.sample, 0, op.bytes);
    for (let row: usize = 0; row < op.rows; row++) {
      const from = rowOf(op.x, first, sample, row);
      memory.copy(rowOf(op.inside, first, sample, row), from, op.width);
    }
  }
}

export function frameBack(op: Frame, first: u32, count: u32): void {
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      const to = rowOf(op.dx, first, sample, row);
      memory.copy(to, rowOf(op.dy, first, sample, row), op.width);
    }
  }
}
