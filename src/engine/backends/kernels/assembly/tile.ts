/** Where the first step of a tile's sums begins. */
export const FROM_BIAS: u32 = 0;
export const GO_ON: u32 = 1;

/**
 * Six places by eight outputs: the dot products of runs of inputs with packed weights. It is made of what one core holds
 * in registers: twelve sums, two vectors of weights and one input, two inputs a turn.
 *
 * @param x where the places' offsets count from
 * @param places six offsets of where each place's first run begins
 * @param weights [runs * length][8]
 * @param y where the outputs' offsets count from
 * @param outputs six offsets of where each place's eight outputs go
 * @param runs of `length` inputs each, `step` bytes from one to the next
 * @param start FROM_BIAS or GO_ON with what is in y
 * @param floor the least output: 0 is a rectifier
 * @param narrow 1 where there is room for four outputs only
 */
export function tile(
  x: usize,
  places: usize,
  weights: usize,
  y: usize,
  outputs: usize,
  runs: u32,
  length: u32,
  step: usize,
  bias: usize,
  start: u32,
  floor: v128,
  narrow: u32,
): void {
  let p0 = x + load<u32>(places),
    p1 = x + load<u32>(places, 4),
    p2 = x + load<u32>(places, 8);
  let p3 = x + load<u32>(places, 12),
    p4 = x + load<u32>(places, 16),
    p5 = x + load<u32>(places, 20);
  let a0: v128, a1: v128, b0: v128, b1: v128, c0: v128, c1: v128;
  let d0: v128, d1: v128, e0: v128, e1: v128, f0: v128, f1: v128;
  if (start == FROM_BIAS) {
    a0 = b0 = c0 = d0 = e0 = f0 = v128.load(bias);
    a1 = b1 = c1 = d1 = e1 = f1 = v128.load(bias, 16);
  } else {
    a0 = v128.load(y + load<u32>(outputs));
    b0 = v128.load(y + load<u32>(outputs, 4));
    c0 = v128.load(y + load<u32>(outputs, 8));
    d0 = v128.load(y + load<u32>(outputs, 12));
    e0 = v128.load(y + load<u32>(outputs, 16));
    f0 = v128.load(y + load<u32>(outputs, 20));
    // of a narrow tile these are whatever lies behind it, and are not written
    a1 = v128.load(y + load<u32>(outputs), 16);
    b1 = v128.load(y + load<u32>(outputs, 4), 16);
    c1 = v128.load(y + load<u32>(outputs, 8), 16);
    d1 = v128.load(y + load<u32>(outputs, 12), 16);
    e1 = v128.load(y + load<u32>(outputs, 16), 16);
    f1 = v128.load(y + load<u32>(outputs, 20), 16);
  }
  const back = step - ((<usize>length) << 2);
  for (let run: u32 = 0; run < runs; run++) {
    let k = length;
    for (; k >= 2; k -= 2) {
      let w0 = v128.load(weights),
        w1 = v128.load(weights, 16);
      let s = v128.load32_splat(p0);
      a0 = f32x4.add(f32x4.mul(s, w0), a0);
      a1 = f32x4.add(f32x4.mul(s, w1), a1);
      s = v128.load32_splat(p1);
      b0 = f32x4.add(f32x4.mul(s, w0), b0);
      b1 = f32x4.add(f32x4.mul(s, w1), b1);
      s = v128.load32_splat(p2);
      c0 = f32x4.add(f32x4.mul(s, w0), c0);
      c1 = f32x4.add(f32x4.mul(s, w1), c1);
      s = v128.load32_splat(p3);
      d0 = f32x4.add(f32x4.mul(s, w0), d0);
      d1 = f32x4.add(f32x4.mul(s, w1), d1);
      s = v128.load32_splat(p4);
      e0 = f32x4.add(f32x4.mul(s, w0), e0);
      e1 = f32x4.add(f32x4.mul(s, w1), e1);
      s = v128.load32_splat(p5);
      f0 = f32x4.add(f32x4.mul(s, w0), f0);
      f1 = f32x4.add(f32x4.mul(s, w1), f1);
      w0 = v128.load(weights, 32);
      w1 = v128.load(weights, 48);
      s = v128.load32_splat(p0, 4);
      a0 = f32x4.add(f32x4.mul(s, w0), a0);
      a1 = f32x4.add(f32x4.mul(s, w1), a1);
      s = v128.load32_splat(p1, 4);
      b0 = f32x4.add(f32x4.mul(s, w0), b0);
      b1 = f32x4.add(f32x4.mul(s, w1), b1);
      s = v128.load32_splat(p2, 4);
      c0 = f32x4.add(f32x4.mul(s, w0), c0);
      c1 = f32x4.add(f32x4.mul(s, w1), c1);
      s = v128.load32_splat(p3, 4);
      d0 = f32x4.add(f32x4.mul(s, w0), d0);
      d1 = f32x4.add(f32x4.mul(s, w1), d1);
      s = v128.load32_splat(p4, 4);
      e0 = f32x4.add(f32x4.mul(s, w0), e0);
      e1 = f32x4.add(f32x4.mul(s, w1), e1);
      s = v128.load32_splat(p5, 4);
      f0 = f32x4.add(f32x4.mul(s, w0), f0);
      f1 = f32x4.add(f32x4.mul(s, w1), f1);
      p0 += 8;
      p1 += 8;
      p2 += 8;
      p3 += 8;
      p4 += 8;
      p5 += 8;
      weights += 64;
    }
    if (k) {
      const w0 = v128.load(weights),
        w1 = v128.load(weights, 16);
      let s = v128.load32_splat(p0);
      a0 = f32x4.add(f32x4.mul(s, w0), a0);
      a1 = f32x4.add(f32x4.mul(s, w1), a1);
      s = v128.load32_splat(p1);
      b0 = f32x4.add(f32x4.mul(s, w0), b0);
      b1 = f32x4.add(f32x4.mul(s, w1), b1);
      s = v128.load32_splat(p2);
      c0 = f32x4.add(f32x4.mul(s, w0), c0);
      c1 = f32x4.add(f32x4.mul(s, w1), c1);
      s = v128.load32_splat(p3);
      d0 = f32x4.add(f32x4.mul(s, w0), d0);
      d1 = f32x4.add(f32x4.mul(s, w1), d1);
      s = v128.load32_splat(p4);
      e0 = f32x4.add(f32x4.mul(s, w0), e0);
      e1 = f32x4.add(f32x4.mul(s, w1), e1);
      s = v128.load32_splat(p5);
      f0 = f32x4.add(f32x4.mul(s, w0), f0);
      f1 = f32x4.add(f32x4.mul(s, w1), f1);
      p0 += 4;
      p1 += 4;
      p2 += 4;
      p3 += 4;
      p4 += 4;
      p5 += 4;
      weights += 32;
    }
    p0 += back;
    p1 += back;
    p2 += back;
    p3 += back;
    p4 += back;
    p5 += back;
  }
  // the order lets what is no number through
  v128.store(y + load<u32>(outputs), f32x4.pmax(a0, floor));
  v128.store(y + load<u32>(outputs, 4), f32x4.pmax(b0, floor));
  v128.store(y + load<u32>(outputs, 8), f32x4.pmax(c0, floor));
  v128.store(y + load<u32>(outputs, 12), f32x4.pmax(d0, floor));
  v128.store(y + load<u32>(outputs, 16), f32x4.pmax(e0, floor));
  v128.store(y + load<u32>(outputs, 20), f32x4.pmax(f0, floor));
  if (narrow) return;
  v128.store(y + load<u32>(outputs), f32x4.pmax(a1, floor), 16);
  v128.store(y + load<u32>(outputs, 4), f32x4.pmax(b1, floor), 16);
  v128.store(y + load<u32>(outputs, 8), f32x4.pmax(c1, floor), 16);
  v128.store(y + load<u32>(outputs, 12), f32x4.pmax(d1, floor), 16);
  v128.store(y + load<u32>(outputs, 16), f32x4.pmax(e1, floor), 16);
  v128.store(y + load<u32>(outputs, 20), f32x4.pmax(f1, floor), 16);
}
