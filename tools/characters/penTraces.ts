import type { Random } from '../../src/base/random';
import type { Ink } from '../../src/ink/ink';
import { boundsOf } from '../../src/ink/rasterize';

/** Share of ink that is drawn as a mouse or a coarse tablet gives it: on a grid. */
const ON_GRID = 0.25;
/** Of these, those that go one direction at a time, as a mouse does. */
const STAIRCASE = 0.5;
/** Places of the grid along the larger side: from and to. */
const PLACES = [10, 40] as const;
/** Share of ink of which points are left out, and how many of them: from and to. */
const THINNED = 0.3;
const LEFT_OUT = [0.2, 0.7] as const;
/** Share of ink in which one stroke runs into the next. */
const TOUCHING = 0.04;

/** Varies ink as devices and hurry do: staircases, coarse grids, few points, strokes that run into each other. */
export function roughen(ink: Ink, random: Random): Ink {
  let rough = ink;
  if (random.next() < TOUCHING) rough = touching(rough, random);
  if (random.next() < THINNED) rough = thinned(rough, between(random, LEFT_OUT), random);
  if (random.next() < ON_GRID) rough = onGrid(rough, between(random, PLACES), random.next() < STAIRCASE);
  return rough;
}

const between = (random: Random, [least, most]: readonly [number, number]): number =>
  least + (most - least) * random.next();

/** The pen stays down between two strokes. */
function touching(ink: Ink, random: Random): Ink {
  if (ink.length < 2) return ink;
  const at = random.integer(ink.length - 1);
  return [...ink.slice(0, at), [...(ink[at] ?? []), ...(ink[at + 1] ?? [])], ...ink.slice(at + 2)];
}

/** Leaves out a share of the points, never the first and the last of a stroke. */
function thinned(ink: Ink, share: number, random: Random): Ink {
  return ink.map((stroke) =>
    stroke.filter((_, index) => index === 0 || index === stroke.length - 1 || random.next() >= share),
  );
}

function onGrid(ink: Ink, places: number, isStaircase: boolean): Ink {
  const { left, top, right, bottom } = boundsOf(ink);
  const step = Math.max(right - left, bottom - top) / places;
  if (step === 0) return ink;
  const whole = (value: number) => Math.round(value / step) * step;
  return ink.map((stroke) =>
    stroke.flatMap(([x, y], index) => {
      const point = [whole(x), whole(y)] as const;
      const before = stroke[index - 1];
      return isStaircase && before ? [[point[0], whole(before[1])] as const, point] : [point];
    }),
  );
}
