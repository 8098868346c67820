/** One byte a pixel, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Square cells that cover a raster, each with one value. */
export interface Cells {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell in pixels. */
  readonly size: number;
  readonly values: Float32Array;
}

/** The grid of cells over a raster. */
export function gridOver({ width, height }: Omit<Raster, 'pixels'>, size: number): Omit<Cells, 'values'> {
  return { columns: Math.ceil(width / size), rows: Math.ceil(height / size), size };
}

/**
 * One value for every cell of a raster.
 *
 * @param measure of a cell's histogram of 256 bins and its number of pixels
 */
export function measureCells(
  raster: Raster,
  grid: Omit<Cells, 'values'>,
  measure: (histogram: Uint32Array, count: number) => number,
): Cells {
  const values = new Float32Array(grid.columns * grid.rows);
  const histogram = new Uint32Array(256);
  for (let cell = 0; cell < values.length; cell++) {
    histogram.fill(0);
    const left = (cell % grid.columns) * grid.size;
    const top = Math.floor(cell / grid.columns) * grid.size;
    const right = Math.min(raster.width, left + grid.size);
    const bottom = Math.min(raster.height, top + grid.size);
    for (let row = top; row < bottom; row++) {
      for (let at = row * raster.width + left; at < row * raster.width + right; at++) {
        const value = raster.pixels[at] ?? 0;
        histogram[value] = (histogram[value] ?? 0) + 1;
      }
    }
    values[cell] = measure(histogram, (right - left) * (bottom - top));
  }
  return { ...grid, values };
}

/** The value that this share of a histogram lies at or below. */
export function quantile(histogram: Uint32Array, count: number, share: number): number {
  let below = 0;
  for (let value = 0; value < 256; value++) {
    below += histogram[value] ?? 0;
    if (below >= share * count) return value;
  }
  return 255;
}

/** Each cell's value put together with those of the cells that touch it. */
export function overNeighbors(cells: Cells, combine: (values: readonly number[]) => number): Cells {
  const { columns, rows } = cells;
  const values = cells.values.map((_, cell) => {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    const around: number[] = [];
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
        around.push(cells.values[r * columns + c] ?? 0);
      }
    }
    return combine(around);
  });
  return { ...cells, values };
}

/**
 * Every pixel with the cells' value at it, linear between the middles of cells.
 *
 * @param make the new value of a pixel, 0 to 255
 */
export function withCells(
  { width, height, pixels }: Raster,
  cells: Cells,
  make: (pixel: number, value: number) => number,
): Raster {
  const made = new Uint8Array(pixels.length);
  const line = new Float32Array(cells.columns + 1);
  for (let row = 0; row < height; row++) {
    blendRows(cells, (row + 0.5) / cells.size - 0.5, line);
    for (let column = 0; column < width; column++) {
      const x = Math.max(0, (column + 0.5) / cells.size - 0.5);
      const cell = Math.floor(x);
      const before = line[cell] ?? 0;
      const value = before + (x - cell) * ((line[cell + 1] ?? before) - before);
      const at = row * width + column;
      made[at] = make(pixels[at] ?? 0, value);
    }
  }
  return { width, height, pixels: made };
}

/** The cells' values along one row of pixels; the last one twice, for what is right of it. */
function blendRows({ columns, rows, values }: Cells, y: number, line: Float32Array): void {
  const above = Math.min(rows - 1, Math.max(0, Math.floor(y)));
  const below = Math.min(rows - 1, above + 1);
  const share = Math.min(1, Math.max(0, y - above));
  for (let column = 0; column < columns; column++) {
    const upper = values[above * columns + column] ?? 0;
    line[column] = upper + share * ((values[below * columns + column] ?? 0) - upper);
  }
  line[columns] = line[columns - 1] ?? 0;
}
