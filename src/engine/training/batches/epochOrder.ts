import { Random } from '../../../base/random';
import type { ClassBalancing } from '../../../runs/runSettings';

/** No batch has this number, so that the order's random numbers are nobody else's. */
const ORDER = 2 ** 32 - 1;

/**
 * The samples of an epoch in the order in which they are learned from. It depends on seed and epoch alone.
 *
 * @param chosen indices of the samples to learn from
 * @param labels class of every sample, chosen or not
 * @param balancing `sampling` draws each class equally often: samples of rare ones come several times
 */
export function epochOrder(
  chosen: Uint32Array,
  labels: Uint16Array,
  balancing: ClassBalancing,
  seed: number,
  epoch: number,
): Uint32Array {
  const random = Random.of(seed, epoch, ORDER);
  if (balancing === 'sampling') return balanced(chosen, labels, random);
  return shuffled(chosen, random);
}

function shuffled(indices: Uint32Array, random: Random): Uint32Array {
  const order = random.permutation(indices.length);
  return order.map((place) => indices[place] ?? 0);
}

function balanced(chosen: Uint32Array, labels: Uint16Array, random: Random): Uint32Array {
  const decks = [...membersOf(chosen, labels).values()].map((members) => new Deck(members, random));
  return Uint32Array.from({ length: chosen.length }, () => decks[random.integer(decks.length)]?.draw() ?? 0);
}

function membersOf(chosen: Uint32Array, labels: Uint16Array): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (const index of chosen) {
    const label = labels[index] ?? 0;
    const group = members.get(label);
    if (group) group.push(index);
    else members.set(label, [index]);
  }
  return members;
}

/** Gives its samples at random, each one before any comes again. */
class Deck {
  private left: Uint32Array = new Uint32Array();

  constructor(
    private readonly members: readonly number[],
    private readonly random: Random,
  ) {}

  draw(): number {
    if (this.left.length === 0) this.left = shuffled(Uint32Array.from(this.members), this.random);
    const drawn = this.left.at(-1) ?? 0;
    this.left = this.left.subarray(0, -1);
    return drawn;
  }
}

/** For each class a weight that makes all classes count alike, with a mean of 1 over the samples. */
export function classWeights(chosen: Uint32Array, labels: Uint16Array, classes: number): Float32Array {
  const counts = new Float32Array(classes);
  for (const index of chosen) {
    const label = labels[index] ?? 0;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count > 0 ? chosen.length / (present * count) : 0));
}
