import type { Ink } from '../../src/protocol/ink';

/** Shortest and longest time that a replay takes, milliseconds. */
const SHORTEST = 700;
const LONGEST = 6000;
/** Pen's way in a second, and between two strokes, as shares of the larger side of the ink; where no times are known. */
const SPEED = 1.6;
const LIFT = 0.3;

/** Ink as it comes into being: at the speed of the pen where that is known, else evenly. */
export class Replay {
  /** Milliseconds. */
  readonly duration: number;
  /** When each point of each stroke is there, milliseconds from the start. */
  private readonly times: readonly (readonly number[])[];

  constructor(private readonly ink: Ink) {
    const times = written(ink) ?? evenly(ink);
    const whole = Math.max(1, times.at(-1)?.at(-1) ?? 0);
    this.duration = Math.min(Math.max(whole, SHORTEST), LONGEST);
    const scale = this.duration / whole;
    this.times = times.map((stroke) => stroke.map((time) => time * scale));
  }

  /** The ink that is there at a time. */
  at(time: number): Ink {
    return this.ink
      .map((stroke, nth) => stroke.filter((_, point) => (this.times[nth]?.[point] ?? 0) <= time))
      .filter(({ length }) => length > 0);
  }

  /** When the stroke that is being drawn at a time is whole; where strokes are shown one by one. */
  endOfStroke(time: number): number {
    return this.times.map((stroke) => stroke.at(-1) ?? 0).find((end) => end > time) ?? this.duration;
  }
}

/** The times of the points from the first one on, where all have one and none goes back. */
function written(ink: Ink): number[][] | undefined {
  const all = ink.flat().map(([, , time]) => time);
  const first = all[0];
  if (first === undefined || all.some((time, at) => time === undefined || time < (all[at - 1] ?? first))) {
    return undefined;
  }
  if (all.at(-1) === first) return undefined;
  return ink.map((stroke) => stroke.map(([, , time]) => (time ?? 0) - first));
}

function evenly(ink: Ink): number[][] {
  const { width, height } = boundsOf(ink);
  const perUnit = 1000 / (SPEED * Math.max(width, height, Number.MIN_VALUE));
  let time = 0;
  return ink.map((stroke, nth) => {
    if (nth > 0) time += (1000 * LIFT) / SPEED;
    return stroke.map(([x, y], point) => {
      const [lastX, lastY] = stroke[point - 1] ?? [x, y];
      time += Math.hypot(x - lastX, y - lastY) * perUnit;
      return time;
    });
  });
}

/** The box that ink fills, in its own unit. */
export function boundsOf(ink: Ink): { left: number; top: number; width: number; height: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ink.flat()) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (left > right) return { left: 0, top: 0, width: 0, height: 0 };
  return { left, top, width: right - left, height: bottom - top };
}
