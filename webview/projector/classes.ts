import type { Points, Spot } from './points';

/** What is known of a class on the sheet. */
export interface PlacedClass {
  readonly name: string;
  /** Samples of it that are laid out. */
  readonly count: number;
  /** The middle of them, where its name stands. */
  readonly middle: Spot;
  /** Index of its color. */
  readonly color: number;
}

/**
 * The classes with the middle of their samples. There are fewer colors than classes: those that lie near each other
 * get different ones.
 */
export function placedClasses(points: Points, colors: number): PlacedClass[] {
  const { classes, truth } = points.projected;
  const members = classes.map((): number[] => []);
  truth.forEach((label, at) => members[label]?.push(at));
  const middles = members.map((of) => ({
    x: median(of.map((at) => points.spot(at).x)),
    y: median(of.map((at) => points.spot(at).y)),
  }));
  const chosen = chooseColors(
    middles.map((middle, at) => ((members[at]?.length ?? 0) > 0 ? middle : undefined)),
    colors,
  );
  return classes.map((name, at) => ({
    name,
    count: members[at]?.length ?? 0,
    middle: middles[at] ?? { x: 0, y: 0 },
    color: chosen[at] ?? 0,
  }));
}

/** For each class in turn the color whose other classes lie furthest away. */
function chooseColors(middles: readonly (Spot | undefined)[], colors: number): number[] {
  const taken: Spot[][] = Array.from({ length: colors }, () => []);
  return middles.map((middle) => {
    if (!middle) return 0;
    const distances = taken.map((others) =>
      Math.min(Infinity, ...others.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y))),
    );
    const color = distances.indexOf(Math.max(...distances));
    taken[color]?.push(middle);
    return color;
  });
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}
