import { histogramOf, otsuOf } from '../otsu';
import type { Threshold } from '../photograph';
import { cellSize } from './paper';
import { gridOver, measureCells, overNeighbors, quantile, type Raster, withCells } from './raster';

/** Less darkness than this (of 255) is no pen. */
const LEAST_DARKNESS = 24;
/** The paper's grain reaches this many deviations. */
const GRAIN = 4;
/** A cell where more than this share of the pixels is darker than the grain has ink in it. */
const INKED = 0.003;
/** Ink that hangs on to stronger ink may be as pale, of the threshold. */
const PALER = 0.6;
/** Strokes paler than this part of the page's contrast are not made even: they are paper. */
const EVENED = 3;
/** The strength of a pen in a cell: darker are only few of its pixels. */
const STRONGEST = 0.97;

/** What a page's pen wrote. */
export interface PenMask extends Omit<Raster, 'pixels'> {
  /** How dark the pen is at each pixel, 0 to 255; where strokes fade, made even. */
  readonly pen: Uint8Array;
  /** 1 where there is ink. */
  readonly ink: Uint8Array;
  readonly threshold: Threshold;
}

/**
 * Parts ink from paper by Otsu's threshold (1979), taken only where there is some ink: most of a page is empty. What is
 * paler and hangs on to ink is ink too (hysteresis, Canny 1986).
 *
 * @param darkness how much of the light the pen takes away
 * @param even whether strokes that fade count as those that do not: each place against its strongest ink
 * @returns undefined where there is no ink
 */
export function penMask(darkness: Raster, even: boolean): PenMask | undefined {
  const floor = grainOf(darkness);
  const found = inkedPlaces(darkness, darkness, floor);
  if (!found) return undefined;
  const whole = otsuOf(found);
  const raster = even ? evenStrokes(darkness, floor, (whole.high - whole.low) / EVENED) : darkness;
  const { value, high } = even ? otsuOf(inkedPlaces(darkness, raster, floor) ?? found) : whole;
  const threshold = { value: Math.max(value, even ? 0 : floor), ink: Math.max(high, floor + 1) };
  const { width, height, pixels: pen } = raster;
  const ink = inkOf(
    raster,
    threshold.value,
    even ? PALER * threshold.value : Math.max(floor, PALER * threshold.value),
  );
  return { width, height, pen, ink, threshold };
}

/** 1 where the pen is above `sure`, and where it is above `likely` in touch with that. */
function inkOf({ width, height, pixels: pen }: Raster, sure: number, likely: number): Uint8Array {
  const ink = new Uint8Array(pen.length);
  const growing: number[] = [];
  const take = (at: number) => {
    ink[at] = 1;
    growing.push(at);
  };
  for (let start = 0; start < pen.length; start++) {
    if (ink[start] || (pen[start] ?? 0) <= sure) continue;
    take(start);
    for (let at = growing.pop(); at !== undefined; at = growing.pop()) {
      const column = at % width;
      const row = (at - column) / width;
      for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
          const next = r * width + c;
          if (!ink[next] && (pen[next] ?? 0) > likely) take(next);
        }
      }
    }
  }
  return ink;
}

/** The darkness that the paper itself reaches here and there: its middle, and some of its usual deviations. */
function grainOf({ pixels }: Raster): number {
  const histogram = Uint32Array.from(histogramOf(pixels));
  const middle = quantile(histogram, pixels.length, 0.5);
  const deviations = new Uint32Array(256);
  histogram.forEach((count, value) => {
    const apart = Math.abs(value - middle);
    deviations[apart] = (deviations[apart] ?? 0) + count;
  });
  // of a normal distribution, half lies within 0.67 deviations
  const deviation = 1.48 * quantile(deviations, pixels.length, 0.5);
  return Math.max(LEAST_DARKNESS, middle + GRAIN * deviation);
}

function evenStrokes(darkness: Raster, floor: number, least: number): Raster {
  const strengths = measureCells(darkness, gridOver(darkness, cellSize(darkness)), (histogram, count) =>
    quantile(histogram, count, STRONGEST),
  );
  const around = overNeighbors(strengths, (values) => Math.max(1.5 * floor, least, ...values));
  return withCells(darkness, around, (value, strength) =>
    value > floor ? Math.min(255, (255 * value) / strength) : 0,
  );
}

/** The values of the pixels in those cells that have ink. */
function inkedPlaces(darkness: Raster, values: Raster, floor: number): Float64Array | undefined {
  const { width, height } = darkness;
  const grid = gridOver(darkness, cellSize(darkness));
  const inked = measureCells(darkness, grid, (histogram, count) => {
    let above = 0;
    for (let value = Math.ceil(floor); value < 256; value++) above += histogram[value] ?? 0;
    return above > INKED * count ? 1 : 0;
  });
  const histogram = new Float64Array(256);
  let places = 0;
  for (let row = 0; row < height; row++) {
    const cells = Math.floor(row / grid.size) * grid.columns;
    for (let column = 0; column < width; column++) {
      if (inked.values[cells + Math.floor(column / grid.size)] === 0) continue;
      const value = values.pixels[row * width + column] ?? 0;
      histogram[value] = (histogram[value] ?? 0) + 1;
      places++;
    }
  }
  return places > 0 ? histogram : undefined;
}
