/** A mask of ink, row by row: 1 where there is ink. */
interface Mask {
  readonly width: number;
  readonly height: number;
  readonly ink: Uint8Array;
}

/** A page is looked at in this many strips across: within one of them a ruled line is straight. */
const STRIPS = 12;
/** Slopes of ruled lines that are looked for: as far as this to both sides, in steps. */
const STEEPEST = 0.1;
const SLOPES = 41;
/** A ruled line covers as much of a strip, and as many of the strips. */
const COVERS = 0.55;
const ACROSS = 0.6;
/** Strokes may hide the rest of a strip; of fewer pixels nothing can be told. */
const SEEN = 0.3;
const LEAST_SEEN = 8;
/** A ruled line is no thicker than this share of the page's longer side, and this many pixels at least. */
const THICK = 0.003;
const LEAST_THICK = 3;

/**
 * The pixels of ruled or squared paper's lines: long, straight and thin, through most of the page. Where writing
 * crosses a line its pixels are not the line's.
 *
 * @returns 1 for each pixel to take away
 */
export function ruledLines(mask: Mask): Uint8Array {
  const found = linesAcross(mask);
  const down = linesAcross(transposed(mask));
  const turned = transposed({ width: mask.height, height: mask.width, ink: down });
  turned.ink.forEach((line, at) => {
    if (line) found[at] = 1;
  });
  return found;
}

function transposed({ width, height, ink }: Mask): Mask {
  const turned = new Uint8Array(ink.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      turned[column * height + row] = ink[row * width + column] ?? 0;
    }
  }
  return { width: height, height: width, ink: turned };
}

function linesAcross(mask: Mask): Uint8Array {
  const { width, height } = mask;
  const thick = Math.max(LEAST_THICK, Math.round(THICK * Math.max(width, height)));
  const thin = thinPixels(mask, thick);
  const slope = commonSlope(thin, mask);
  const pieces = piecesOfLines(thin, mask, slope, thick);
  const lines = chained(pieces, 2 * thick).filter(({ strips }) => strips.size >= ACROSS * STRIPS);
  const found = new Uint8Array(mask.ink.length);
  for (const { strips } of lines) {
    for (let strip = 0; strip < STRIPS; strip++) {
      const row = strips.get(strip) ?? nearestRow(strips, strip);
      mark(found, thin, mask, { strip, row, slope, reach: thick });
    }
  }
  return found;
}

/** Ink in no more than `thick` pixels below each other. */
function thinPixels({ width, height, ink }: Mask, thick: number): Uint8Array {
  const thin = new Uint8Array(ink.length);
  for (let column = 0; column < width; column++) {
    let start = -1;
    for (let row = 0; row <= height; row++) {
      const inked = row < height && ink[row * width + column] === 1;
      if (inked && start < 0) start = row;
      if (inked || start < 0) continue;
      if (row - start <= thick) for (let r = start; r < row; r++) thin[r * width + column] = 1;
      start = -1;
    }
  }
  return thin;
}

/** The slope at which thin pixels gather in the fewest rows; rows are counted from the page's middle. */
function commonSlope(thin: Uint8Array, { width, height }: Mask): number {
  const places: number[] = [];
  // some of them tell the slope as well as all
  const every = Math.max(1, Math.floor(thin.length / 4e6));
  for (let at = 0; at < thin.length; at += every) if (thin[at]) places.push(at);
  let best = { slope: 0, gathered: -1 };
  for (let step = 0; step < SLOPES; step++) {
    const slope = STEEPEST * ((2 * step) / (SLOPES - 1) - 1);
    const rows = new Uint32Array(height);
    for (const at of places) {
      const column = at % width;
      const row = Math.round((at - column) / width - slope * (column - width / 2));
      if (row >= 0 && row < height) rows[row] = (rows[row] ?? 0) + 1;
    }
    const gathered = rows.reduce((sum, count) => sum + count * count, 0);
    if (gathered > best.gathered) best = { slope, gathered };
  }
  return best.slope;
}

/** A piece of a line in one strip, by its row at the page's middle. */
interface Piece {
  readonly strip: number;
  readonly row: number;
}

const startOf = (strip: number, width: number) => Math.floor((strip * width) / STRIPS);

function piecesOfLines(thin: Uint8Array, mask: Mask, slope: number, thick: number): Piece[] {
  return Array.from({ length: STRIPS }, (_, strip) => {
    const covered = coverage(thin, mask, { strip, slope, reach: thick >> 1 });
    const rows: Piece[] = [];
    covered.forEach((share, row) => {
      const around = covered.subarray(Math.max(0, row - thick), row + thick + 1);
      const first = covered.subarray(Math.max(0, row - thick), row).every((each) => each < share);
      if (share >= COVERS && first && around.every((each) => each <= share)) rows.push({ strip, row });
    });
    return rows;
  }).flat();
}

/**
 * For each row, the share of a strip's columns that have a thin pixel in the row or near it. Columns in which a stroke
 * hides the row do not count, as long as enough are left.
 */
function coverage(
  thin: Uint8Array,
  { width, height, ink }: Mask,
  { strip, slope, reach }: { strip: number; slope: number; reach: number },
): Float32Array {
  const counts = new Float32Array(height);
  const hidden = new Float32Array(height);
  const [from, to] = [startOf(strip, width), startOf(strip + 1, width)];
  for (let column = from; column < to; column++) {
    const drop = Math.round(slope * (column - width / 2));
    let covered = -1;
    for (let row = 0; row < height; row++) {
      if (!thin[row * width + column]) {
        const level = row - drop;
        if (ink[row * width + column] && hidden[level] !== undefined) hidden[level]++;
        continue;
      }
      const last = Math.min(height - 1, row - drop + reach);
      for (let r = Math.max(0, row - drop - reach, covered + 1); r <= last; r++) {
        counts[r] = (counts[r] ?? 0) + 1;
      }
      covered = Math.max(covered, last);
    }
  }
  const columns = Math.max(1, to - from);
  const enough = Math.min(columns, Math.max(LEAST_SEEN, SEEN * columns));
  return counts.map((count, row) => count / Math.max(enough, columns - (hidden[row] ?? 0)));
}

/** A line's row in each strip where it was found. */
interface RuledLine {
  readonly strips: Map<number, number>;
}

/** Puts pieces together that go on from one strip to the next, or to the one behind it. */
function chained(pieces: readonly Piece[], near: number): RuledLine[] {
  const lines: RuledLine[] = [];
  for (const { strip, row } of pieces) {
    const line = lines.find(({ strips }) =>
      [1, 2, 3].some((back) => Math.abs((strips.get(strip - back) ?? Infinity) - row) <= near),
    );
    if (line && !line.strips.has(strip)) line.strips.set(strip, row);
    else lines.push({ strips: new Map([[strip, row]]) });
  }
  return lines;
}

function nearestRow(strips: ReadonlyMap<number, number>, strip: number): number {
  const known = [...strips].sort(([a], [b]) => Math.abs(a - strip) - Math.abs(b - strip));
  return known[0]?.[1] ?? 0;
}

/** Marks a line's thin pixels in one strip. */
function mark(
  found: Uint8Array,
  thin: Uint8Array,
  { width, height }: Mask,
  { strip, row, slope, reach }: { strip: number; row: number; slope: number; reach: number },
): void {
  for (let column = startOf(strip, width); column < startOf(strip + 1, width); column++) {
    const middle = Math.round(row + slope * (column - width / 2));
    for (let r = Math.max(0, middle - reach); r <= Math.min(height - 1, middle + reach); r++) {
      if (thin[r * width + column]) found[r * width + column] = 1;
    }
  }
}
