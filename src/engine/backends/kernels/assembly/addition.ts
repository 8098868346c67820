import { rowOf, View } from './view';

/** The end of a residual block: what went into it is added to what came out of it. */
@unmanaged
export class Addition {
  x: View;
  other: View;
  /** Where the sum goes; x itself where nobody else needs that any more. */
  y: View;
  /** The gradient of y, which is that of x too. */
  dy: View;
  /** Where the gradient of the other goes, and the same with what lies around it; 0 where nobody wants it. */
  dOther: View;
  whole: View;
  rows: u32;
  /** Bytes of a row. */
  width: usize;
  /** Bytes of a sample with what lies around it. */
  bytes: usize;
}

export function add(op: Addition, first: u32, count: u32): void {
  for (let sample: usize = 0; sample < count; sample++) {
    for (let row: usize = 0; row < op.rows; row++) {
      const x = rowOf(op.x, first, sample, row);
      const other = rowOf(op.other, first, sample, row);
      const y = rowOf(op.y, first, sample, row);
      for (let at: usize = 0; at < op.width; at += 16)
        v128.store(y + at, f32x4.add(v128.load(x + at), v128.load(other + at)));
    }
  }
}

/** Gives the gradient to the other too; the first layer of the block adds its own. */
export function addBack(op: Addition, first: u32, count: u32): void {
  if (changetype<usize>(op.dOther) == 0) return;
  for (let sample: usize = 0; sample < count; sample++) {
    memory.fill(rowOf(op.whole, first, sample, 0), 0, op.bytes);
    for (let row: usize = 0; row < op.rows; row++)
      memory.copy(rowOf(op.dOther, first, sample, row), rowOf(op.dy, first, sample, row), op.width);
  }
}
