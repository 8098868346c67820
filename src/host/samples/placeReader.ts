import type { Split } from '../../base/split';
import type { SplitReader } from './sampleReader';

/** Reads pictures by their place in a split; where it is `all`, places count through all parts in their order. */
export class PlaceReader {
  private readonly parts: readonly { readonly reader: SplitReader; readonly first: number }[];

  constructor(readers: readonly SplitReader[], split: Split) {
    const own = readers.filter((reader) => reader.split === split);
    let first = 0;
    this.parts = (own.length > 0 ? own : readers).map((reader) => {
      const part = { reader, first };
      first += reader.labels.length;
      return part;
    });
  }

  /**
   * The pictures of samples, one behind the other, in the order of the places.
   *
   * @param size bytes of one picture
   */
  async pictures(places: readonly number[], size: number): Promise<Uint8Array<ArrayBuffer>> {
    const pixels = new Uint8Array(places.length * size);
    const ascending = [...places.keys()].sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
    for (const { reader, first } of this.parts) {
      const mine = ascending.filter((at) => {
        const index = (places[at] ?? 0) - first;
        return index >= 0 && index < reader.labels.length;
      });
      if (mine.length === 0) continue;
      const read = await reader.pictures(mine.map((at) => (places[at] ?? 0) - first));
      mine.forEach((at, row) => pixels.set(read.subarray(row * size, (row + 1) * size), at * size));
    }
    return pixels;
  }
}
