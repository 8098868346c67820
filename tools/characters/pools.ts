import { augmentPicture, weakened } from '../../src/pictures/augment';
import { groupBy } from '../../src/base/groupBy';
import type { Random } from '../../src/base/random';
import { distort, HANDWRITING } from '../../src/ink/distort';
import { PICTURE_SIZE, rasterize } from '../../src/ink/rasterize';
import { AUGMENTATIONS } from '../../src/runs/runSettings';
import { KINDS, type NoCharacters } from './noCharacters';
import type { PooledInk } from './pooledInk';
import { roughen } from './penTraces';

const PIXELS = PICTURE_SIZE * PICTURE_SIZE;
const SIDES = { height: PICTURE_SIZE, width: PICTURE_SIZE };
/** How much the line width varies, as a natural logarithm, to both sides: little, since it tells x from X. */
const BOLDNESS = 0.12;
/** Share of ink that is drawn as if its pen width were unknown, as ink of other programs is. */
const WIDTH_UNKNOWN = 0.35;

/** Samples of one source that a training draws from at random, each time varied anew. */
export interface Pool {
  readonly name: string;
  /** Samples of each class; one that may be of several classes counts for each. */
  readonly counts: ReadonlyMap<number, number>;
  readonly size: number;
  /**
   * Writes a varied picture to `x` from `at` on.
   *
   * @param strength how much scanned pictures are varied, 0 to 1
   * @returns the classes that it may be of
   */
  draw(x: Float32Array, at: number, random: Random, strength: number): readonly number[];
}

/** A picture, 28x28 gray values, and the classes that it may be of. */
export interface PooledPicture {
  readonly pixels: Uint8Array;
  readonly classes: readonly number[];
}

/**
 * @param classWise draws rare classes oftener than they are
 * @param leastStrength pictures of few hands are varied at least so much to the end, or they are learned by heart
 */
export function picturePool(
  name: string,
  pictures: readonly PooledPicture[],
  { classWise = false, leastStrength = 0 } = {},
): Pool {
  const choose = chooser(pictures, classWise);
  return {
    name,
    size: pictures.length,
    counts: countClasses(pictures),
    draw: (x, at, random, strength) => {
      const augmentation = weakened(AUGMENTATIONS.gentle, Math.max(strength, leastStrength));
      const { pixels, classes } = choose(random);
      augmentPicture(pixels, 0, x, at, SIDES, augmentation, random.next);
      return classes;
    },
  };
}

/** Ink is varied before it is drawn; rare classes come oftener than they are. */
export function inkPool(name: string, inks: readonly PooledInk[]): Pool {
  const choose = chooser(inks, true);
  return {
    name,
    size: inks.length,
    counts: countClasses(inks),
    draw: (x, at, random) => drawInk(choose(random), x, at, random),
  };
}

/** Ink that is no character, of all kinds alike; it has no class. */
export function noCharacterPool(name: string, noCharacters: NoCharacters): Pool {
  return {
    name,
    size: noCharacters.size,
    counts: new Map(),
    draw: (x, at, random) =>
      drawInk(noCharacters.draw(KINDS[random.integer(KINDS.length)] ?? 'word', random), x, at, random),
  };
}

function drawInk(
  { ink, penWidth, classes }: PooledInk,
  x: Float32Array,
  at: number,
  random: Random,
): readonly number[] {
  const boldness = Math.exp((random.next() * 2 - 1) * BOLDNESS);
  const known = random.next() < WIDTH_UNKNOWN ? undefined : penWidth;
  const varied = distort(roughen(ink, random), HANDWRITING, random.next);
  const picture = rasterize(varied, { penWidth: known, boldness });
  for (let i = 0; i < PIXELS; i++) x[at + i] = (picture[i] ?? 0) / 255;
  return classes;
}

/** Draws samples evenly, or classes by the root of their counts: rare ones oftener, frequent ones not seldom. */
export function chooser<T extends { classes: readonly number[] }>(samples: readonly T[], classWise: boolean) {
  if (!classWise) return (random: Random) => samples[random.integer(samples.length)] as T;
  const groups = [...groupBy(samples, ({ classes }) => classes[0]).values()];
  const total = groups.reduce((sum, group) => sum + Math.sqrt(group.length), 0);
  return (random: Random) => {
    let left = random.next() * total;
    const group = groups.find(({ length }) => (left -= Math.sqrt(length)) < 0) ?? groups[0] ?? [];
    return group[random.integer(group.length)] as T;
  };
}

function countClasses(samples: readonly { classes: readonly number[] }[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const each of samples.flatMap(({ classes }) => classes)) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}
