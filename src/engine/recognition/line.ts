import type { Ink, Stroke } from '../../ink/ink';
import { boundsOf, rasterize } from '../../ink/rasterize';
import { membership } from '../../models/alphabet';
import { ModelError } from '../../models/errors';
import type { Candidate } from '../../protocol/engine';
import type { LoadedModel } from '../models/loadedModel';
import { gapsOf, lineHeight, normalized, rulings, search, spaceOf, type Segment } from './search';

/** Most strokes of one character. */
const MOST_STROKES = 4;
/** A character is no wider than this, in heights of the line. */
const WIDEST = 1.8;
/** Cost of a character's strokes standing apart, a height. */
const APART = 25;
/** Width of the pen that EMNIST's forms were written with, in heights of a capital. */
const PEN = 0.1;

/**
 * Reads a line of characters that are written beside each other, with spaces: every way to cut the strokes, in their
 * order from left to right, into characters is weighed by the model, by how many strokes each one is drawn with, by where
 * it stands on the line, and by what stands before it.
 *
 * @param context the text before the line
 * @returns texts, most likely first, with probabilities that sum to 1
 * @throws InkError where the ink is empty or not finite, ModelError where the model knows none of the alphabet
 */
export async function recognizeLine(
  model: LoadedModel,
  ink: Ink,
  { alphabet, top, context = '' }: { alphabet: string; top: number; context?: string | undefined },
): Promise<Candidate[]> {
  const { classes } = model.card;
  const allowed = membership(alphabet, classes);
  if (!allowed.includes(true)) {
    throw new ModelError(`The model knows none of the characters "${alphabet}": choose another alphabet.`);
  }
  boundsOf(ink);
  const strokes = ink.filter((stroke) => stroke.length > 0).sort((a, b) => middleOf(a) - middleOf(b));
  const boxes = strokes.map((stroke) => boundsOf([stroke]));
  const height = lineHeight(boxes);
  const segments = await weigh(model, strokes, cut(strokes, height), height);
  const line = { classes, allowed, context, height, space: spaceOf(boxes, height), strokes: true };
  const readings = rulings(boxes, height).flatMap((ruling) =>
    search(segments, strokes.length, { ...line, ruling }),
  );
  return normalized(readings).slice(0, top);
}

function middleOf(stroke: Stroke): number {
  const { left, right } = boundsOf([stroke]);
  return (left + right) / 2;
}

/** Every run of strokes that may be one character. */
function cut(strokes: readonly Stroke[], height: number): Omit<Segment, 'probabilities'>[] {
  return strokes.flatMap((_, from) => {
    const segments: Omit<Segment, 'probabilities'>[] = [];
    for (let to = from + 1; to <= Math.min(strokes.length, from + MOST_STROKES); to++) {
      const some = strokes.slice(from, to);
      const box = boundsOf(some);
      if (to > from + 1 && box.right - box.left > WIDEST * height) break;
      segments.push({
        ...box,
        from,
        to,
        cost: (APART * gapsOf(some.map((stroke) => boundsOf([stroke])))) / height,
      });
    }
    return segments;
  });
}

/** Asks the model for all segments at once. */
async function weigh(
  model: LoadedModel,
  strokes: readonly Stroke[],
  segments: readonly Omit<Segment, 'probabilities'>[],
  height: number,
): Promise<Segment[]> {
  const side = model.card.preprocessing.height;
  const pixels = new Uint8Array(segments.length * side * side);
  segments.forEach(({ from, to }, index) => {
    const picture = rasterize(strokes.slice(from, to), { penWidth: PEN * height, side });
    pixels.set(picture, index * side * side);
  });
  const size = { height: side, width: side };
  const probabilities = await model.probabilities({ pixels, count: segments.length, ...size });
  const count = model.card.classes.length;
  return segments.map((segment, index) => ({
    ...segment,
    probabilities: probabilities.subarray(index * count, (index + 1) * count),
  }));
}
