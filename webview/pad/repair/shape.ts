import type { Ink, Point, Stroke } from '../../../src/protocol/ink';

export function lengthOf(stroke: Stroke): number {
  let length = 0;
  for (let at = 1; at < stroke.length; at++) length += distance(stroke[at - 1], stroke[at]);
  return length;
}

/** Length of the straight way from a stroke's beginning to its end, as a share of the way that it went. */
export function straightness(stroke: Stroke): number {
  const length = lengthOf(stroke);
  return length === 0 ? 1 : distance(stroke[0], stroke.at(-1)) / length;
}

/** How often a stroke crosses ink. */
export function crossings(stroke: Stroke, ink: Ink): number {
  let count = 0;
  for (const other of ink) {
    for (let at = 1; at < stroke.length; at++) {
      for (let there = 1; there < other.length; there++) {
        if (cross(stroke[at - 1], stroke[at], other[there - 1], other[there])) count++;
      }
    }
  }
  return count;
}

/**
 * The passes of a stroke along a direction: how far it goes one way until it turns back, for each time. What trembles
 * less than a share of the longest pass is no turn.
 */
export function passesAlong(stroke: Stroke, [dx, dy]: readonly [number, number], share: number): number[] {
  const at = stroke.map(([x, y]) => x * dx + y * dy);
  const tremble = share * (Math.max(...at) - Math.min(...at));
  const turns = [at[0] ?? 0];
  let [extreme, heading] = [at[0] ?? 0, 0];
  for (const place of at) {
    if (heading === 0 && Math.abs(place - extreme) > tremble) heading = Math.sign(place - extreme);
    if ((place - extreme) * heading > 0) extreme = place;
    else if ((extreme - place) * heading > tremble) {
      turns.push(extreme);
      [extreme, heading] = [place, -heading];
    }
  }
  turns.push(extreme);
  return turns.slice(1).map((turn, pass) => Math.abs(turn - (turns[pass] ?? 0)));
}

function distance(a: Point | undefined, b: Point | undefined): number {
  return a && b ? Math.hypot(b[0] - a[0], b[1] - a[1]) : 0;
}

function cross(a?: Point, b?: Point, c?: Point, d?: Point): boolean {
  if (!a || !b || !c || !d) return false;
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** On which side of the line through two points a third one lies. */
function side(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
