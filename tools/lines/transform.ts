import type { Random } from '../../src/base/random';
import type { Path } from '../../src/ink/lines/path';
import { gaussian as normal } from '../../src/ink/lines/vary';

/** A standard normal number. */
export const gaussian = (random: Random): number => normal(random.next);

export const uniform = (random: Random, from: number, to: number): number =>
  from + (to - from) * random.next();

/** One of many. */
export function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[random.integer(values.length)] as T;
}

/** Ink as a mouse draws it: whole places of a grid, one direction at a time. */
export function staircase(paths: readonly Path[], grid: number): Path[] {
  return paths.map(({ x, y }) => {
    const [xs, ys]: [number[], number[]] = [[], []];
    for (let i = 0; i < x.length; i++) {
      const [px, py] = [Math.round((x[i] ?? 0) / grid) * grid, Math.round((y[i] ?? 0) / grid) * grid];
      const [wasX, wasY] = [xs.at(-1), ys.at(-1)];
      if (wasX !== undefined && wasY !== undefined && wasX !== px && wasY !== py) {
        xs.push(px);
        ys.push(wasY);
      }
      xs.push(px);
      ys.push(py);
    }
    return { x: Float32Array.from(xs), y: Float32Array.from(ys) };
  });
}

/** Ink on whole pixels, as coarse digitizers give it. */
export function pixels(paths: readonly Path[], grid: number): Path[] {
  const whole = (value: number) => Math.round(value / grid) * grid;
  return paths.map(({ x, y }) => ({ x: x.map(whole), y: y.map(whole) }));
}

/** Points that tremble. */
export function tremble(paths: readonly Path[], random: Random, spread: number): Path[] {
  const shake = (value: number) => value + spread * (random.next() + random.next() - 1);
  return paths.map(({ x, y }) => ({ x: x.map(shake), y: y.map(shake) }));
}
