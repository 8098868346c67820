import { charactersOf, type Ink, type Point, type Reading, type Stroke } from '../../../src/protocol/ink';
import { type Box, boxOf, middleOf } from '../box';
import { behindSpace, instead } from './drawnSpaces';

/** The characters of a reading, as they were written: every point of the ink belongs to one of them. */
export interface Written {
  readonly ink: Ink;
  readonly characters: readonly string[];
  /** For each point of each stroke, the character that it belongs to. */
  readonly owners: readonly (readonly number[])[];
  /** What each character covers; undefined of spaces and of what has no ink. */
  readonly boxes: readonly (Box | undefined)[];
}

/** Gives each point to the character that was read from it, or else to the one that is nearest. */
export function written(ink: Ink, reading: Reading): Written {
  const { alignment } = reading;
  const known = ink.map((stroke): (number | undefined)[] => stroke.map(() => undefined));
  alignment.forEach((spans, character) => {
    for (const { stroke, from, to } of spans) known[stroke]?.fill(character, from, to + 1);
  });
  const sure = boxesOf(ink, known, alignment.length);
  const owners = ink.map((stroke, at) => completed(known[at] ?? [], stroke, sure));
  return { ink, characters: charactersOf(reading), owners, boxes: boxesOf(ink, owners, alignment.length) };
}

/**
 * The ink with its characters moved to the right; a stroke that two characters share is cut.
 *
 * @param moveOf how far a character moves; undefined where it goes
 * @param spaced the character that a space is drawn before, if it is one
 */
export function rearranged(
  { ink, owners }: Written,
  moveOf: (character: number) => number | undefined,
  spaced?: number,
): Ink {
  let isSpaced = false;
  return ink.flatMap((stroke, at) =>
    pieces(stroke, owners[at] ?? []).flatMap(({ owner, piece }, cut) => {
      const move = moveOf(owner);
      if (move === undefined) return [];
      const moved = movedRight(piece, move);
      const begins = owner === spaced && !isSpaced;
      if (begins) isSpaced = true;
      return [begins ? behindSpace(moved) : cut === 0 ? instead(moved, stroke) : moved];
    }),
  );
}

/** The character before another one, or after it, that has ink in the same row. */
export function neighbor(of: Written, at: number, step: 1 | -1): number | undefined {
  for (let next = at + step; next >= 0 && next < of.characters.length; next += step) {
    if (of.characters[next] === '\n') return undefined;
    if (of.boxes[next]) return next;
  }
  return undefined;
}

/** The characters from one on to the end of its row. */
export function restOfRow(of: Written, from: number): Set<number> {
  const rest = new Set<number>();
  for (let at = from; at < of.characters.length && of.characters[at] !== '\n'; at++) rest.add(at);
  return rest;
}

function movedRight(stroke: Stroke, by: number): Stroke {
  return by === 0 ? stroke : stroke.map(([x, y, ...rest]): Point => [x + by, y, ...rest]);
}

/** A stroke cut where one character ends and the next begins. */
function pieces(stroke: Stroke, owners: readonly number[]): { owner: number; piece: Stroke }[] {
  const starts = owners.flatMap((owner, point) =>
    point === 0 || owner !== owners[point - 1] ? [point] : [],
  );
  return starts.map((from, cut) => ({
    owner: owners[from] ?? 0,
    piece: starts.length === 1 ? stroke : stroke.slice(from, starts[cut + 1]),
  }));
}

function boxesOf(
  ink: Ink,
  owners: readonly (readonly (number | undefined)[])[],
  count: number,
): (Box | undefined)[] {
  const points: Point[][] = Array.from({ length: count }, () => []);
  ink.forEach((stroke, at) =>
    stroke.forEach((point, place) => {
      const owner = owners[at]?.[place];
      if (owner !== undefined) points[owner]?.push(point);
    }),
  );
  return points.map((own) => (own.length > 0 ? boxOf([own]) : undefined));
}

/** Points that no character was read from go to the nearest one that the stroke has, or that is near it. */
function completed(
  known: readonly (number | undefined)[],
  stroke: Stroke,
  boxes: readonly (Box | undefined)[],
): number[] {
  const read = known.flatMap((owner, at) => (owner === undefined ? [] : [{ owner, at }]));
  if (read.length === 0) {
    const nearest = nearestTo(boxOf([stroke]), boxes);
    return stroke.map(() => nearest);
  }
  let next = 0;
  return known.map((owner, at) => {
    if (owner !== undefined) return owner;
    while (next + 1 < read.length && distance(read[next + 1], at) <= distance(read[next], at)) next++;
    return read[next]?.owner ?? 0;
  });
}

function distance(read: { at: number } | undefined, at: number): number {
  return read ? Math.abs(read.at - at) : Infinity;
}

function nearestTo(box: Box, boxes: readonly (Box | undefined)[]): number {
  let [nearest, least] = [0, Infinity];
  boxes.forEach((other, character) => {
    if (!other) return;
    const beside = Math.max(0, other.left - box.right, box.left - other.right);
    const apart = Math.max(0, other.top - box.bottom, box.top - other.bottom);
    const far = beside + apart + 0.01 * Math.abs(middleOf(other) - middleOf(box));
    if (far < least) [nearest, least] = [character, far];
  });
  return nearest;
}
