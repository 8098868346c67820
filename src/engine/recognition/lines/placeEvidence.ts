import type { Ink } from '../../../ink/ink';
import type { Guide } from '../../../ink/lines/guide';
import type { InkSpan } from '../../../ink/lines/spans';
import type { FrameRange } from './alignText';
import { placeLikelihood, type CharacterPlace } from './characterPlaces';
import { characterSpans, type ReadFrames } from './characterSpans';

/** The network was told of the guide lines, too. */
const WEIGHT = 0.4;

/**
 * What the place on the guide lines says of each character at each frame: that of the ink which the plain reading takes
 * for one character.
 *
 * @param ranges the frames that name the characters of the plain reading
 * @param characters the classes but the blank
 * @returns [frames, characters], 0 for what suits best
 */
export function placeEvidence(
  read: ReadFrames,
  ranges: readonly FrameRange[],
  characters: readonly string[],
  guide: Guide,
): Float32Array {
  const { framePoints, ink } = read;
  const evidence = new Float32Array(framePoints.length * characters.length);
  const spans = characterSpans(read, ranges);
  spans.forEach((own, index) => {
    const place = placeOf(ink, own, guide);
    if (!place) return;
    const row = Float32Array.from(characters, (character) => WEIGHT * placeLikelihood(character, place));
    const best = row.reduce((most, each) => Math.max(most, each), -Infinity);
    const shifted = row.map((each) => each - best);
    const from = index === 0 ? 0 : middleBetween(ranges[index - 1], ranges[index]);
    const to =
      index === spans.length - 1 ? framePoints.length : middleBetween(ranges[index], ranges[index + 1]);
    for (let frame = from; frame < to; frame++) evidence.set(shifted, frame * characters.length);
  });
  return evidence;
}

const middleBetween = (first?: FrameRange, second?: FrameRange): number =>
  ((first?.to ?? 0) + (second?.from ?? 0)) >> 1;

/** Where points of ink stand on guide lines; nothing of no points. */
export function placeOf(
  ink: Ink,
  spans: readonly InkSpan[],
  { baseline, xHeight }: Guide,
): CharacterPlace | undefined {
  let [top, bottom] = [Infinity, -Infinity];
  for (const { stroke, from, to } of spans) {
    for (const [, y] of ink[stroke]?.slice(from, to + 1) ?? []) {
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return top > bottom
    ? undefined
    : { top: (baseline - top) / xHeight, bottom: (baseline - bottom) / xHeight };
}
