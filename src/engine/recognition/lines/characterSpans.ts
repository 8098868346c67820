import { groupBy } from '../../../base/groupBy';
import type { Ink } from '../../../ink/ink';
import { extendSpans, type InkSpan } from '../../../ink/lines/spans';
import type { FrameRange } from './alignText';
import { frameGaps } from './frameGaps';

/** A frame's part that lies on one stroke. */
interface Piece {
  readonly frame: number;
  readonly span: InkSpan;
}

/** What a row was read from. */
export interface ReadFrames {
  readonly ink: Ink;
  /** For each frame the points of the ink that it was read from. */
  readonly framePoints: readonly (readonly InkSpan[])[];
  /** Of the line, in the ink's unit. */
  readonly height: number;
}

/**
 * The points that each character of a text was read from, no point left out: CTC names a character in a frame or two, and
 * what lies between two of them is cut where the pen was lifted before the widest gap, or in the middle.
 *
 * @param ranges for each character the frames that name it; none of a space
 * @returns for each character its spans; none of a space
 */
export function characterSpans(
  { ink, framePoints, height }: ReadFrames,
  ranges: readonly FrameRange[],
): InkSpan[][] {
  const pieces = framePoints.flatMap((spans, frame) => spans.map((span) => ({ frame, span })));
  const named = [...ranges.keys()].filter((index) => isNamed(ranges[index]));
  const gaps = frameGaps(
    ink,
    pieces.map(({ span }) => [span]),
    height,
  );
  const spans: InkSpan[][] = ranges.map(() => []);
  let begin = 0;
  named.forEach((index, at) => {
    const next = ranges[named[at + 1] ?? -1];
    const end = next ? cutBetween(pieces, gaps, ranges[index] as FrameRange, next) : pieces.length;
    const own = spans[index] as InkSpan[];
    for (const { span } of pieces.slice(begin, end)) {
      extendSpans(own, span.stroke, span.from);
      extendSpans(own, span.stroke, span.to);
    }
    begin = Math.max(begin, end);
  });
  return withoutHoles(ink, spans);
}

function isNamed(range: FrameRange | undefined): boolean {
  return range !== undefined && range.to > range.from;
}

/** The piece that is the first of the second of two characters. */
function cutBetween(
  pieces: readonly Piece[],
  gaps: Float32Array,
  first: FrameRange,
  second: FrameRange,
): number {
  const low = pieces.findIndex(({ frame }) => frame >= first.to - 1) + 1;
  const high = pieces.findLastIndex(({ frame }) => frame <= second.from);
  let widest = -Infinity;
  let found = -1;
  for (let at = low; at <= high; at++) {
    if (pieces[at]?.span.stroke === pieces[at - 1]?.span.stroke || (gaps[at] ?? 0) <= widest) continue;
    widest = gaps[at] ?? 0;
    found = at;
  }
  return found >= 0 ? found : Math.max(low, (low + high) >> 1);
}

/** Spans that reach from one to the next on their stroke, and to its ends. */
function withoutHoles(ink: Ink, spans: readonly (readonly InkSpan[])[]): InkSpan[][] {
  const ends = new Map<InkSpan, InkSpan>();
  for (const [stroke, own] of groupBy(spans.flat(), (span) => span.stroke)) {
    const last = (ink[stroke]?.length ?? 1) - 1;
    own.sort((a, b) => a.from - b.from || a.to - b.to);
    let from = 0;
    own.forEach((span, at) => {
      const to = at === own.length - 1 ? last : Math.max(from, span.to);
      ends.set(span, { stroke, from, to });
      from = Math.min(to + 1, last);
    });
  }
  return spans.map((own) => own.map((span) => ends.get(span) ?? span));
}
