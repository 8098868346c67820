import { groupBy } from '../../datasets/groupBy';
import { Random } from '../../datasets/random';
import type { Dataset } from '../../datasets/samples';
import { distort, HANDWRITING, type Distortion } from '../../ink/distort';
import type { Ink } from '../../ink/ink';
import { rasterize } from '../../ink/rasterize';
import { ModelError } from '../../models/errors';

/** A character that the person drew. */
export interface PersonSample {
  readonly label: string;
  readonly ink: Ink;
  readonly penWidth: number | undefined;
}

export interface PersonSamples {
  readonly train: readonly PersonSample[];
  /** Not learnt from, to measure on. */
  readonly held: readonly PersonSample[];
}

/** Fewer say nothing of a hand. */
const LEAST_SAMPLES = 8;
/** The newest of more are taken. */
const MOST_SAMPLES = 2000;
/** Every fourth sample is held out. */
const HELD = 4;
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
 * The person's samples, a quarter of them held out: of each character its share, and never the only one of a new one.
 *
 * @param known classes of the model
 * @throws ModelError where there are too few, or they are not ink
 */
export async function loadPersonSamples(
  dataset: Dataset,
  known: ReadonlySet<string>,
  seed: number,
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
      `There are ${String(all.length)} samples of your handwriting: keep at least ${String(LEAST_SAMPLES)}, or practise some.`,
    );
  }
  return holdOut(all, known, new Random(seed));
}

function holdOut(all: readonly PersonSample[], known: ReadonlySet<string>, random: Random): PersonSamples {
  const shuffled = Array.from(random.permutation(all.length), (at) => all[at] as PersonSample);
  const groups = [...groupBy(shuffled, ({ label }) => label)].sort(([a], [b]) => (a < b ? -1 : 1));
  // every fourth of all, sorted by what they are: single samples of a character share the places of one
  const ordered = groups.flatMap(([label, group]) =>
    group.map((sample, at) => ({ sample, spare: known.has(label) || at > 0 })),
  );
  const isHeld = (at: number) => at % HELD === HELD - 1 && ordered[at]?.spare === true;
  return {
    train: ordered.filter((_, at) => !isHeld(at)).map(({ sample }) => sample),
    held: ordered.filter((_, at) => isHeld(at)).map(({ sample }) => sample),
  };
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
