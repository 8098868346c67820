import type { Projected } from '../../src/protocol/pages/projector';
import type { Size } from '../base/viewport';

/** What samples are laid out on; one unit is far less than a point's size unless it is zoomed. */
export const SHEET: Size = { width: 4000, height: 4000 };
/** Cells of the index along a side. */
const ACROSS = 128;

/** A place on the sheet. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The samples of a projection by where they lie; found through a grid, however many there are. */
export class Points {
  readonly count: number;
  /** On the sheet. */
  private readonly x: Float32Array;
  private readonly y: Float32Array;
  /** The samples cell by cell, and where each cell's begin. */
  private readonly sorted: Uint32Array;
  private readonly starts: Uint32Array;

  constructor(readonly projected: Projected) {
    const { coordinates, places } = projected;
    this.count = places.length;
    this.x = Float32Array.from(places, (_, at) => (((coordinates[2 * at] ?? 0) + 1) / 2) * SHEET.width);
    this.y = Float32Array.from(places, (_, at) => (((coordinates[2 * at + 1] ?? 0) + 1) / 2) * SHEET.height);
    const cells = Uint16Array.from(places, (_, at) => this.cellOf(this.x[at] ?? 0, this.y[at] ?? 0));
    this.starts = new Uint32Array(ACROSS ** 2 + 1);
    for (const cell of cells) this.starts[cell + 1] = (this.starts[cell + 1] ?? 0) + 1;
    for (let cell = 0; cell < ACROSS ** 2; cell++) {
      this.starts[cell + 1] = (this.starts[cell + 1] ?? 0) + (this.starts[cell] ?? 0);
    }
    const next = this.starts.slice();
    this.sorted = new Uint32Array(this.count);
    cells.forEach((cell, at) => {
      const to = next[cell] ?? 0;
      next[cell] = to + 1;
      this.sorted[to] = at;
    });
  }

  spot(at: number): Spot {
    return { x: this.x[at] ?? 0, y: this.y[at] ?? 0 };
  }

  truth(at: number): number {
    return this.projected.truth[at] ?? 0;
  }

  predicted(at: number): number {
    return this.projected.predicted[at] ?? 0;
  }

  probability(at: number): number {
    return this.projected.probability[at] ?? 0;
  }

  isWrong(at: number): boolean {
    return this.truth(at) !== this.predicted(at);
  }

  /** The samples in an area. */
  within({ left, top, right, bottom }: Area): Uint32Array {
    const found = new Uint32Array(this.count);
    let count = 0;
    const [firstColumn, lastColumn] = [cellAlong(left, SHEET.width), cellAlong(right, SHEET.width)];
    const [firstRow, lastRow] = [cellAlong(top, SHEET.height), cellAlong(bottom, SHEET.height)];
    for (let row = firstRow; row <= lastRow; row++) {
      const from = this.starts[row * ACROSS + firstColumn] ?? 0;
      const to = this.starts[row * ACROSS + lastColumn + 1] ?? 0;
      for (let index = from; index < to; index++) {
        const at = this.sorted[index] ?? 0;
        const [x, y] = [this.x[at] ?? 0, this.y[at] ?? 0];
        if (x >= left && x <= right && y >= top && y <= bottom) found[count++] = at;
      }
    }
    return found.subarray(0, count);
  }

  /** The sample nearest to a spot, not further away than the reach. */
  nearest({ x, y }: Spot, reach: number): number | undefined {
    let best: number | undefined;
    let least = reach;
    for (const at of this.within({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach })) {
      const distance = Math.hypot((this.x[at] ?? 0) - x, (this.y[at] ?? 0) - y);
      if (distance > least) continue;
      least = distance;
      best = at;
    }
    return best;
  }

  /** The nearest sample in a direction, within 45 degrees of it. */
  towards(from: number, direction: Spot): number | undefined {
    const { x, y } = this.spot(from);
    let best: number | undefined;
    let least = Infinity;
    for (let at = 0; at < this.count; at++) {
      const [dx, dy] = [(this.x[at] ?? 0) - x, (this.y[at] ?? 0) - y];
      const along = dx * direction.x + dy * direction.y;
      const aside = Math.abs(dx * direction.y - dy * direction.x);
      if (along <= 0 || aside > along) continue;
      const distance = along + aside;
      if (distance >= least) continue;
      least = distance;
      best = at;
    }
    return best;
  }

  /** The samples that a closed line goes around. */
  inside(line: readonly Spot[]): Uint32Array {
    const [xs, ys] = [line.map(({ x }) => x), line.map(({ y }) => y)];
    const area = {
      left: Math.min(...xs),
      right: Math.max(...xs),
      top: Math.min(...ys),
      bottom: Math.max(...ys),
    };
    return this.within(area).filter((at) => surrounds(line, this.spot(at)));
  }

  private cellOf(x: number, y: number): number {
    return cellAlong(y, SHEET.height) * ACROSS + cellAlong(x, SHEET.width);
  }
}

function cellAlong(at: number, length: number): number {
  return Math.min(ACROSS - 1, Math.max(0, Math.floor((at / length) * ACROSS)));
}

/** Whether a line to the right of a spot crosses the closed line an odd number of times. */
function surrounds(line: readonly Spot[], { x, y }: Spot): boolean {
  let inside = false;
  let before = line.at(-1);
  for (const corner of line) {
    if (before && corner.y > y !== before.y > y) {
      const crossing = before.x + ((y - before.y) / (corner.y - before.y)) * (corner.x - before.x);
      if (x < crossing) inside = !inside;
    }
    before = corner;
  }
  return inside;
}
