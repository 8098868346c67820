/** Halvings of the side: points that lie nearer together than the smallest cells are as one. */
const DEEPEST = 24;

/**
 * A square that is divided in four as long as several points lie in a part (Barnes and Hut 1986), so that points far
 * away are felt as one. It is filled anew for each step of a layout; its memory stays.
 */
export class Quadtree {
  /** Numbers of the four parts of each cell; 0, the whole, where there is none. */
  private parts = new Int32Array(0);
  /** Points in each cell, and the sums of their coordinates. */
  private mass = new Float64Array(0);
  private sumX = new Float64Array(0);
  private sumY = new Float64Array(0);
  /** Side of each cell, squared. */
  private area = new Float64Array(0);
  private divided = new Uint8Array(0);
  private cells = 0;
  private readonly pending = new Int32Array(3 * DEEPEST + 4);

  /** Where `feel` leaves the force, along x and y. */
  readonly force: [x: number, y: number] = [0, 0];

  /** @param points [count, 2] */
  fill(points: Float64Array): void {
    let [least, most] = [Infinity, -Infinity];
    for (const value of points) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
    const side = Math.max(most - least, Number.MIN_VALUE);
    this.cells = 0;
    this.add(side * side);
    for (let at = 0; at < points.length; at += 2)
      this.insert(points[at] ?? 0, points[at + 1] ?? 0, least, side);
  }

  /**
   * The repulsion that a point feels from all points: the sum of w²(p - q), where w = 1 / (1 + |p - q|²).
   *
   * @param theta a cell is felt as one point from as far away as its side over theta
   * @returns the sum of w, that of the point itself (1) with it
   */
  feel(x: number, y: number, theta: number): number {
    const { parts, mass, sumX, sumY, area, divided, pending, force } = this;
    let [total, forceX, forceY] = [0, 0, 0];
    let waiting = 1;
    pending[0] = 0;
    while (waiting > 0) {
      const cell = pending[--waiting] ?? 0;
      const points = mass[cell] ?? 0;
      const awayX = x - (sumX[cell] ?? 0) / points;
      const awayY = y - (sumY[cell] ?? 0) / points;
      const square = awayX * awayX + awayY * awayY;
      if (divided[cell] === 0 || (area[cell] ?? 0) < theta * theta * square) {
        const weight = 1 / (1 + square);
        const sum = points * weight;
        total += sum;
        forceX += sum * weight * awayX;
        forceY += sum * weight * awayY;
        continue;
      }
      for (let part = 4 * cell; part < 4 * cell + 4; part++) {
        if (parts[part] !== 0) pending[waiting++] = parts[part] ?? 0;
      }
    }
    force[0] = forceX;
    force[1] = forceY;
    return total;
  }

  private insert(x: number, y: number, least: number, side: number): void {
    let [left, top, half] = [least, least, side / 2];
    let cell = 0;
    for (let depth = 0; ; depth++) {
      const before = this.mass[cell] ?? 0;
      if (before > 0 && this.divided[cell] === 0 && depth < DEEPEST)
        this.divide(cell, left + half, top + half);
      this.mass[cell] = before + 1;
      this.sumX[cell] = (this.sumX[cell] ?? 0) + x;
      this.sumY[cell] = (this.sumY[cell] ?? 0) + y;
      if (this.divided[cell] === 0) return;
      const [right, below] = [x >= left + half, y >= top + half];
      cell = this.part(cell, right, below);
      if (right) left += half;
      if (below) top += half;
      half /= 2;
    }
  }

  /** Puts what lies in a cell into the part of it where it belongs. */
  private divide(cell: number, middleX: number, middleY: number): void {
    const points = this.mass[cell] ?? 0;
    const [x, y] = [this.sumX[cell] ?? 0, this.sumY[cell] ?? 0];
    this.divided[cell] = 1;
    const part = this.part(cell, x / points >= middleX, y / points >= middleY);
    this.mass[part] = points;
    this.sumX[part] = x;
    this.sumY[part] = y;
  }

  private part(cell: number, right: boolean, below: boolean): number {
    const at = 4 * cell + (right ? 1 : 0) + (below ? 2 : 0);
    const there = this.parts[at] ?? 0;
    if (there !== 0) return there;
    const added = this.add((this.area[cell] ?? 0) / 4);
    this.parts[at] = added;
    return added;
  }

  /** An empty cell. */
  private add(area: number): number {
    const cell = this.cells++;
    if (cell === this.mass.length) this.grow();
    this.parts.fill(0, 4 * cell, 4 * cell + 4);
    this.mass[cell] = this.sumX[cell] = this.sumY[cell] = this.divided[cell] = 0;
    this.area[cell] = area;
    return cell;
  }

  private grow(): void {
    const cells = Math.max(1024, 2 * this.mass.length);
    const grown = (old: Float64Array) => {
      const array = new Float64Array(cells);
      array.set(old);
      return array;
    };
    this.mass = grown(this.mass);
    this.sumX = grown(this.sumX);
    this.sumY = grown(this.sumY);
    this.area = grown(this.area);
    const { parts, divided } = this;
    this.parts = new Int32Array(4 * cells);
    this.parts.set(parts);
    this.divided = new Uint8Array(cells);
    this.divided.set(divided);
  }
}
