import type { Component } from '../components';

/** Share of a page's width or height, from an edge, in which holes and wires of a binding lie. */
const STRIP = 0.08;
/** Fewer things in a row are lines that begin alike. */
const LEAST_HOLES = 10;
/** Of the edge they take up so much. */
const LEAST_SPAN = 0.7;
/** Holes are alike in size, and as far apart, within these shares of what is usual; most of them are seen so. */
const [SIZE, PITCH, MOST] = [0.35, 0.2, 0.8];
/** Their pitch in their own sizes: lines stand further apart than the marks that they begin with. */
const WIDEST_PITCH = 4;

/** From one edge inward, and along it. */
interface Placed {
  readonly inward: readonly [near: number, far: number];
  readonly along: readonly [from: number, to: number];
}

type Side = (part: Component) => Placed;

/** What is written on a page, without the holes and wires of a notebook's spiral along one of its edges. */
export function withoutBinding(
  parts: readonly Component[],
  { width, height }: { readonly width: number; readonly height: number },
): Component[] {
  const sides: { side: Side; across: number; length: number }[] = [
    {
      side: ({ left, right, top, bottom }) => ({ inward: [left, right], along: [top, bottom] }),
      across: width,
      length: height,
    },
    {
      side: ({ left, right, top, bottom }) => ({
        inward: [width - right, width - left],
        along: [top, bottom],
      }),
      across: width,
      length: height,
    },
    {
      side: ({ left, right, top, bottom }) => ({ inward: [top, bottom], along: [left, right] }),
      across: height,
      length: width,
    },
    {
      side: ({ left, right, top, bottom }) => ({
        inward: [height - bottom, height - top],
        along: [left, right],
      }),
      across: height,
      length: width,
    },
  ];
  let left = [...parts];
  for (const { side, across, length } of sides) {
    const isWithin = (part: Component, share: number) => side(part).inward[1] <= share * across;
    const isNear = (part: Component) => isWithin(part, STRIP);
    const near = left.filter(isNear).map(side);
    // writing, such as a grid of digits, goes on further in
    const behind = left.filter((part) => !isNear(part) && isWithin(part, 2 * STRIP)).map(side);
    if (areHoles(holesOf(near), length) && !areHoles(holesOf(behind), length))
      left = left.filter((part) => !isNear(part));
  }
  return left;
}

/** A hole and the pieces of wire beside it as one, each from where it begins to where it ends along the edge. */
function holesOf(placed: readonly Placed[]): (readonly [from: number, to: number])[] {
  const holes: [number, number][] = [];
  for (const [from, to] of placed.map(({ along }) => along).sort((a, b) => a[0] - b[0])) {
    const last = holes.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else holes.push([from, to]);
  }
  return holes;
}

function areHoles(holes: readonly (readonly [number, number])[], length: number): boolean {
  const [first, last] = [holes[0], holes.at(-1)];
  if (!first || !last || holes.length < LEAST_HOLES || last[1] - first[0] < LEAST_SPAN * length) return false;
  const sizes = holes.map(([from, to]) => to - from);
  const middles = holes.map(([from, to]) => (from + to) / 2);
  const pitches = middles.slice(1).map((middle, at) => middle - (middles[at] ?? 0));
  const [size, pitch] = [middleOf(sizes), middleOf(pitches)];
  const alike = (values: readonly number[], usual: number, share: number) =>
    values.filter((value) => Math.abs(value - usual) <= share * usual).length >= MOST * values.length;
  return pitch <= WIDEST_PITCH * size && alike(sizes, size, SIZE) && alike(pitches, pitch, PITCH);
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
