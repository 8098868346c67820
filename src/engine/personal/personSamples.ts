import { smallestOf } from '../../base/vectors';
import { createHash } from 'node:crypto';
import type { Random } from '../../base/random';
import type { Dataset } from '../../datasets/dataset';
import { distort, HANDWRITING, type Distortion } from '../../ink/distort';
import type { Ink } from '../../ink/ink';
import { rasterize } from '../../ink/rasterize';
import { ModelError } from '../../models/errors';
import { LEAST_SAMPLES } from '../../protocol/engine/personal';

/** The license of samples that a user drew: no other data of a card has it. */
export const PERSONS_OWN = 'the person’s own';

interface Labeled {
  readonly label: string;
  readonly ink: Ink;
}

/** A character that the user drew. */
export interface PersonSample extends Labeled {
  readonly penWidth: number | undefined;
}

export interface PersonSamples {
  readonly train: readonly PersonSample[];
  /** Not learned from, to measure on. */
  readonly held: readonly PersonSample[];
}

/** The newest of more are taken. */
const MOST_SAMPLES = 2000;
/** About so many of the samples are held out. */
const HELD_SHARE = 1 / 4;
/** A new character is learned from so many at least, the oldest of it. */
const LEARNED_OF_NEW = 3;
/** One hand varies about half as much as hands differ. */
const OWN_HAND: Distortion = {
  slant: HANDWRITING.slant / 2,
  rotation: HANDWRITING.rotation / 2,
  aspect: HANDWRITING.aspect / 2,
  strokeShift: HANDWRITING.strokeShift / 2,
  elastic: HANDWRITING.elastic / 2,
};
/** How much the line width varies, as a natural logarithm, to both sides. */
const BOLDNESS = 0.2;

/**
 * The user's samples, about a quarter of them held out. Which ones depends on their ink alone, so that what is held
 * out once is held out again when there are more samples, and a model that learned some is never measured on those.
 *
 * @param known classes of the model before it learned any sample of a user
 * @throws ModelError where there are too few, or they are not ink
 */
export async function loadPersonSamples(
  dataset: Dataset,
  known: ReadonlySet<string>,
): Promise<PersonSamples> {
  const samples = await dataset.load('all');
  if (samples.kind !== 'ink') {
    throw new ModelError(`${dataset.id} holds pictures and no ink: give samples that were drawn.`);
  }
  const { inks, penWidths, labels } = samples;
  const all = inks
    .map((ink, index) => ({
      label: dataset.classes[labels[index] ?? 0] ?? '',
      ink,
      penWidth: penWidths[index],
    }))
    .slice(-MOST_SAMPLES);
  if (all.length < LEAST_SAMPLES) {
    throw new ModelError(
      `There are ${String(all.length)} samples of your handwriting: keep at least ${String(LEAST_SAMPLES)}, or practice some.`,
    );
  }
  return holdOut(all, known);
}

/**
 * Holds about a quarter of samples out. Which ones depends on their ink alone.
 *
 * @param known labels of which any sample may be held out; of another one the oldest are learned from
 */
export function holdOut<T extends Labeled>(
  all: readonly T[],
  known: ReadonlySet<string>,
): { train: T[]; held: T[] } {
  const ranks = ranksOf(all);
  const drawn = new Map<string, number>();
  const spare = all.map(({ label }, at) => {
    const earlier = drawn.get(label) ?? 0;
    drawn.set(label, earlier + 1);
    // something is learned in any case
    return at > 0 && (known.has(label) || earlier >= LEARNED_OF_NEW);
  });
  // one is held out in any case: with more samples it may be learned, but none that was learned is held out later
  const bound = Math.max(HELD_SHARE, smallestOf(ranks.filter((_, at) => spare[at])));
  const isHeld = (_: T, at: number) => spare[at] === true && (ranks[at] ?? 1) <= bound;
  return { train: all.filter((sample, at) => !isHeld(sample, at)), held: all.filter(isHeld) };
}

/** For each drawing a number from 0 to 1, as good as random, that later ones do not change. */
function ranksOf(samples: readonly Labeled[]): number[] {
  const times = new Map<string, number>();
  return samples.map(({ ink }) => {
    const drawing = JSON.stringify(ink);
    const time = (times.get(drawing) ?? 0) + 1;
    times.set(drawing, time);
    const hash = createHash('sha256')
      .update(`${String(time)} ${drawing}`)
      .digest();
    return hash.readUInt32BE() / 2 ** 32;
  });
}

/** A sample as it was drawn. */
export function pictureOfSample({ ink, penWidth }: PersonSample, side: number): Uint8Array {
  return rasterize(ink, { penWidth, side });
}

/** A sample as the same hand might have drawn it another time. */
export function variedPicture({ ink, penWidth }: PersonSample, side: number, random: Random): Uint8Array {
  const boldness = Math.exp((random.next() * 2 - 1) * BOLDNESS);
  return rasterize(distort(ink, OWN_HAND, random.next), { penWidth, side, boldness });
}
