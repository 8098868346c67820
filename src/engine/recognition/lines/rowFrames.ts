import type { Ink } from '../../../ink/ink';
import type { Guide } from '../../../ink/lines/guide';
import { InkError } from '../../../ink/errors';
import { extentOf } from '../../../ink/lines/extent';
import { lineHeight } from '../../../ink/lines/lineHeight';
import { pathsOf, type Path } from '../../../ink/lines/path';
import { LEAST_POINTS, STEP } from '../../../ink/lines/resample';
import type { LineModel } from '../lineModel';
import type { ReadFrames } from './characterSpans';
import { frameGaps } from './frameGaps';
import type { Frames } from './frames';
import { placeEvidence } from './placeEvidence';
import { plainClasses } from './plainReading';
import { relativeGaps } from './relativeGaps';

/** So many points of a row, evenly placed, are read within 5 s and 500 MB; a row of 120 characters has 7,000. */
const MOST_POINTS = 40_000;

/** A row of ink and what the network says of it. */
export interface RowFrames extends ReadFrames {
  readonly frames: Frames;
}

/**
 * Asks the network of a row of ink.
 *
 * @param ink strokes of one row
 * @param guide the lines that it was written on, where they are known
 * @param spaces strokes that begin behind a space for certain
 * @throws InkError where the row is too long to be read in time
 */
export async function readRow(
  model: LineModel,
  ink: Ink,
  guide?: Guide,
  spaces: ReadonlySet<number> = new Set(),
): Promise<RowFrames> {
  checkLength(pathsOf(ink), guide);
  const { frames: count, logProbabilities, framePoints, height } = await model.logProbabilities(ink, guide);
  const read = { ink, framePoints, height };
  const said = { count, characters: model.characters, logProbabilities };
  const white = frameGaps(ink, framePoints, height);
  const plain = plainClasses({ ...said, gaps: white });
  const gaps = relativeGaps(white, plain).map((gap, frame) =>
    framePoints[frame]?.some(({ stroke, from }) => from === 0 && spaces.has(stroke)) ? Infinity : gap,
  );
  const frames: Frames = { ...said, gaps };
  if (!guide) return { ...read, frames };
  return { ...read, frames: { ...frames, evidence: placeEvidence(read, plain, frames.characters, guide) } };
}

function checkLength(paths: readonly Path[], guide: Guide | undefined): void {
  const strokes = paths.filter(({ x }) => x.length > 0);
  const step = STEP * lineHeight(strokes, guide);
  const points = strokes.reduce((sum, stroke) => sum + LEAST_POINTS + extentOf(stroke).length / step, 0);
  if (points > MOST_POINTS) {
    throw new InkError('There is too much ink in one line to read it: insert a part of it, then go on.');
  }
}
