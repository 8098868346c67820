import type { Ink, Reading, Stroke } from '../../src/protocol/ink';
import { type Before, erased, type Repair, repaired } from './repair/repair';

/** Milliseconds of rest after which strokes may repair what was there, rather than go on with it. */
const REST = 600;

/** Knows what was on the paper before the pen rested, and which strokes were drawn since: they may be a repair of it. */
export class Repairs {
  private before: Before | undefined;
  private since: Ink = [];

  /**
   * The pen comes down.
   *
   * @param rested milliseconds since it was lifted
   * @param before what is on the paper; undefined where that is not read yet
   */
  down(rested: number, before: Before | undefined): void {
    if (rested < REST) return;
    this.before = before;
    this.since = [];
  }

  /** The repair that a stroke makes, together with those since the rest. */
  stroke(stroke: Stroke): Repair | undefined {
    this.since = [...this.since, stroke];
    const repair = this.before && repaired(this.since, this.before);
    if (repair) this.forget();
    return repair;
  }

  /** The ink changed in another way. */
  forget(): void {
    this.before = undefined;
    this.since = [];
  }
}

/** What the pen's eraser takes away; where nothing is read, whole strokes. */
export function wiped(
  stroke: Stroke,
  before: Omit<Before, 'reading'>,
  reading: Reading | undefined,
): Repair | undefined {
  return erased(stroke, { ...before, reading: reading ?? strokeByStroke(before.ink) });
}

function strokeByStroke(ink: Ink): Reading {
  return {
    text: '·'.repeat(ink.length),
    probability: 0,
    isPlain: true,
    alignment: ink.map((points, stroke) => [{ stroke, from: 0, to: points.length - 1 }]),
  };
}
