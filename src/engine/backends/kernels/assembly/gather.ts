/**
 * Adds up scaled rows: sums[...] += g * rows[offset + ...] for a list of pairs (offset in bytes, g). A backward pass is
 * made of such sums, whose lists leave out what is zero: of a layer before max pooling and dropout that is nine tenths.
 *
 * @param count pairs in the list
 * @param list eight bytes each
 * @param length how many numbers of each row, a multiple of 4
 */
export function gather(count: u32, list: usize, rows: usize, sums: usize, length: u32): void {
  const end = list + ((<usize>count) << 3);
  let left = length;
  for (; left >= 48; left -= 48) {
    gather48(list, end, rows, sums);
    rows += 192;
    sums += 192;
  }
  if (left >= 32) {
    gather32(list, end, rows, sums);
    rows += 128;
    sums += 128;
    left -= 32;
  }
  for (; left >= 16; left -= 16) {
    gather16(list, end, rows, sums);
    rows += 64;
    sums += 64;
  }
  for (; left >= 4; left -= 4) {
    gather4(list, end, rows, sums);
    rows += 16;
    sums += 16;
  }
}

function gather48(list: usize, end: usize, rows: usize, sums: usize): void {
  let s0 = v128.load(sums),
    s1 = v128.load(sums, 16),
    s2 = v128.load(sums, 32),
    s3 = v128.load(sums, 48);
  let s4 = v128.load(sums, 64),
    s5 = v128.load(sums, 80),
    s6 = v128.load(sums, 96),
    s7 = v128.load(sums, 112);
  let s8 = v128.load(sums, 128),
    s9 = v128.load(sums, 144),
    sa = v128.load(sums, 160),
    sb = v128.load(sums, 176);
  for (; list < end; list += 8) {
    const row = rows + load<u32>(list);
    const g = v128.load32_splat(list, 4);
    s0 = f32x4.add(f32x4.mul(g, v128.load(row)), s0);
    s1 = f32x4.add(f32x4.mul(g, v128.load(row, 16)), s1);
    s2 = f32x4.add(f32x4.mul(g, v128.load(row, 32)), s2);
    s3 = f32x4.add(f32x4.mul(g, v128.load(row, 48)), s3);
    s4 = f32x4.add(f32x4.mul(g, v128.load(row, 64)), s4);
    s5 = f32x4.add(f32x4.mul(g, v128.load(row, 80)), s5);
    s6 = f32x4.add(f32x4.mul(g, v128.load(row, 96)), s6);
    s7 = f32x4.add(f32x4.mul(g, v128.load(row, 112)), s7);
    s8 = f32x4.add(f32x4.mul(g, v128.load(row, 128)), s8);
    s9 = f32x4.add(f32x4.mul(g, v128.load(row, 144)), s9);
    sa = f32x4.add(f32x4.mul(g, v128.load(row, 160)), sa);
    sb = f32x4.add(f32x4.mul(g, v128.load(row, 176)), sb);
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(sums, s3, 48);
  v128.store(sums, s4, 64);
  v128.store(sums, s5, 80);
  v128.store(sums, s6, 96);
  v128.store(sums, s7, 112);
  v128.store(sums, s8, 128);
  v128.store(sums, s9, 144);
  v128.store(sums, sa, 160);
  v128.store(sums, sb, 176);
}

function gather32(list: usize, end: usize, rows: usize, sums: usize): void {
  let s0 = v128.load(sums),
    s1 = v128.load(sums, 16),
    s2 = v128.load(sums, 32),
    s3 = v128.load(sums, 48);
  let s4 = v128.load(sums, 64),
    s5 = v128.load(sums, 80),
    s6 = v128.load(sums, 96),
    s7 = v128.load(sums, 112);
  for (; list < end; list += 8) {
    const row = rows + load<u32>(list);
    const g = v128.load32_splat(list, 4);
    s0 = f32x4.add(f32x4.mul(g, v128.load(row)), s0);
    s1 = f32x4.add(f32x4.mul(g, v128.load(row, 16)), s1);
    s2 = f32x4.add(f32x4.mul(g, v128.load(row, 32)), s2);
    s3 = f32x4.add(f32x4.mul(g, v128.load(row, 48)), s3);
    s4 = f32x4.add(f32x4.mul(g, v128.load(row, 64)), s4);
    s5 = f32x4.add(f32x4.mul(g, v128.load(row, 80)), s5);
    s6 = f32x4.add(f32x4.mul(g, v128.load(row, 96)), s6);
    s7 = f32x4.add(f32x4.mul(g, v128.load(row, 112)), s7);
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(sums, s3, 48);
  v128.store(sums, s4, 64);
  v128.store(sums, s5, 80);
  v128.store(sums, s6, 96);
  v128.store(sums, s7, 112);
}

function gather16(list: usize, end: usize, rows: usize, sums: usize): void {
  let s0 = v128.load(sums),
    s1 = v128.load(sums, 16),
    s2 = v128.load(sums, 32),
    s3 = v128.load(sums, 48);
  for (; list < end; list += 8) {
    const row = rows + load<u32>(list);
    const g = v128.load32_splat(list, 4);
    s0 = f32x4.add(f32x4.mul(g, v128.load(row)), s0);
    s1 = f32x4.add(f32x4.mul(g, v128.load(row, 16)), s1);
    s2 = f32x4.add(f32x4.mul(g, v128.load(row, 32)), s2);
    s3 = f32x4.add(f32x4.mul(g, v128.load(row, 48)), s3);
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(sums, s3, 48);
}

function gather4(list: usize, end: usize, rows: usize, sums: usize): void {
  let s0 = v128.load(sums);
  for (; list < end; list += 8) {
    s0 = f32x4.add(f32x4.mul(v128.load32_splat(list, 4), v128.load(rows + load<u32>(list))), s0);
  }
  v128.store(sums, s0);
}
