import type { Range } from '../../src/protocol/pages/browse';

/** Which places of a view are chosen, as ranges in order that neither touch nor overlap; never changes in place. */
export class Selection {
  static readonly NONE = new Selection([]);

  private constructor(readonly ranges: readonly Range[]) {}

  static of(first: number, last = first): Selection {
    return new Selection([[Math.min(first, last), Math.max(first, last)]]);
  }

  get count(): number {
    return this.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  }

  has(place: number): boolean {
    return this.ranges.some(([first, last]) => place >= first && place <= last);
  }

  add(first: number, last = first): Selection {
    let joined: Range = [Math.min(first, last), Math.max(first, last)];
    const apart: Range[] = [];
    for (const range of this.ranges) {
      if (range[1] < joined[0] - 1 || range[0] > joined[1] + 1) apart.push(range);
      else joined = [Math.min(range[0], joined[0]), Math.max(range[1], joined[1])];
    }
    return new Selection([...apart, joined].sort(([a], [b]) => a - b));
  }

  remove(place: number): Selection {
    return new Selection(
      this.ranges.flatMap(([first, last]): Range[] => {
        if (place < first || place > last) return [[first, last]];
        const before: Range[] = place > first ? [[first, place - 1]] : [];
        const after: Range[] = place < last ? [[place + 1, last]] : [];
        return [...before, ...after];
      }),
    );
  }

  toggle(place: number): Selection {
    return this.has(place) ? this.remove(place) : this.add(place);
  }

  /** Without the places that a shorter view no longer has. */
  within(total: number): Selection {
    return new Selection(
      this.ranges.flatMap(([first, last]): Range[] =>
        first < total ? [[first, Math.min(last, total - 1)]] : [],
      ),
    );
  }
}
