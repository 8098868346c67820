/**
 * Values of the samples of a step: for each sample rows of vectors. All sizes are bytes. The fields of every class here
 * are four bytes each, in the order of `layouts.ts`, which writes them.
 */
@unmanaged
export class View {
  /** The first value of the first sample. */
  base: usize;
  /** From a sample to the next. */
  sample: usize;
  /** From a row to the next. */
  row: usize;
  /** 1 where it holds all samples of the step, 0 where it holds those of one chunk. */
  whole: u32;
}

/** Where the first of a chunk's samples lies. */
export function chunkOf(view: View, first: u32): usize {
  return view.base + (view.whole ? <usize>first * view.sample : 0);
}

/** Where a row of one of a chunk's samples lies. */
export function rowOf(view: View, first: u32, sample: usize, row: usize): usize {
  return chunkOf(view, first) + sample * view.sample + row * view.row;
}
