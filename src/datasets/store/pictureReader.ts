import { closeSync, openSync, readSync } from 'node:fs';
import { damaged } from './cache';
import type { StoredSplit } from './storedSplit';

/** Pictures that lie one behind the other in a file. */
interface Run {
  readonly descriptor: number;
  /** Of the first picture, in the file. */
  readonly start: number;
  readonly count: number;
}

/**
 * Reads pictures of a stored split by their places, whichever are asked for: none is kept in memory. The reads wait for
 * the disk: a picture of a file that the system has in its memory takes some millionths of a second. Each thread
 * opens a reader of its own, with a split that another found.
 */
export class PictureReader {
  private readonly files: { readonly descriptor: number; readonly first: number; readonly end: number }[] =
    [];
  private readonly size: number;

  /** @throws DatasetError where a file is missing */
  constructor(private readonly split: StoredSplit) {
    this.size = split.height * split.width;
    let first = 0;
    try {
      for (const { file, count } of split.parts) {
        this.files.push({ descriptor: openSync(file, 'r'), first, end: first + count });
        first += count;
      }
    } catch (cause) {
      this.close();
      throw damaged(split.name, cause);
    }
  }

  /**
   * The pictures of some samples, one behind the other.
   *
   * @param chosen indices of samples, below the number of the split's labels, in any order
   * @param into memory to fill from its start
   * @returns gray values, 0 background to 255 ink: chosen x height x width
   * @throws DatasetError where the file ends before them
   */
  read(chosen: ArrayLike<number>, into: Uint8Array = new Uint8Array(chosen.length * this.size)): Uint8Array {
    let at = 0;
    for (const { descriptor, start, count } of this.runs(chosen)) {
      const end = at + count * this.size;
      for (let position = start * this.size; at < end;) {
        const read = readSync(descriptor, into, at, end - at, position);
        if (read === 0) throw damaged(this.split.name);
        at += read;
        position += read;
      }
    }
    return into;
  }

  close(): void {
    for (const { descriptor } of this.files.splice(0)) closeSync(descriptor);
  }

  /** What can be read at once. */
  private *runs(chosen: ArrayLike<number>): Generator<Run> {
    const { places } = this.split;
    const placeOf = (index: number) => (places ? places[index] : index) ?? 0;
    for (let i = 0; i < chosen.length;) {
      const place = placeOf(chosen[i] ?? 0);
      const file = this.files.find(({ end }) => place < end);
      if (!file) throw damaged(this.split.name);
      let count = 1;
      while (i + count < chosen.length && place + count < file.end) {
        if (placeOf(chosen[i + count] ?? 0) !== place + count) break;
        count++;
      }
      yield { descriptor: file.descriptor, start: place - file.first, count };
      i += count;
    }
  }
}
