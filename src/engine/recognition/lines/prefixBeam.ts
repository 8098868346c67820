import { logAdd } from '../../../language/logarithms';
import type { PrefixTree } from '../../../language/prefixTree';
import type { DecoderWeights } from './decoderWeights';
import type { Frames } from './frames';
import { spaceProbability } from './spaceLikelihood';
import type { UsefulFrames } from './usefulFrames';

/** How many texts are followed. */
const WIDTH = 32;

/** A text so much less likely than the likeliest is not followed. */
const DEPTH = 20;

/** A space less likely than this by the gap is not tried. */
const LEAST_SPACE = 0.002;

const SPACE = 0x20;

/** A text and what the ink says of it: all paths through the frames that read it, CTC's sum. */
export interface BeamText {
  readonly node: number;
  /** the logarithm of the paths' probabilities, the spaces' gaps included */
  readonly ink: number;
}

/** Texts that are followed, in columns. */
class Column {
  readonly nodes: Int32Array;
  /** the class of the last character but spaces, or -1 */
  readonly classes: Int32Array;
  /** the sum of the paths that end in a blank, and in the character */
  readonly blank: Float64Array;
  readonly character: Float64Array;
  /** the widest gap since the last character */
  readonly gaps: Float64Array;
  readonly scores: Float64Array;
  length = 0;

  constructor(capacity: number) {
    this.nodes = new Int32Array(capacity);
    this.classes = new Int32Array(capacity);
    this.blank = new Float64Array(capacity);
    this.character = new Float64Array(capacity);
    this.gaps = new Float64Array(capacity);
    this.scores = new Float64Array(capacity);
  }

  add(node: number, last: number, blank: number, character: number, gap: number): number {
    const at = this.length++;
    this.nodes[at] = node;
    this.classes[at] = last;
    this.blank[at] = blank;
    this.character[at] = character;
    this.gaps[at] = gap;
    return at;
  }

  copy(from: Column, at: number): void {
    const added = this.add(
      from.nodes[at] ?? 0,
      from.classes[at] ?? 0,
      from.blank[at] ?? 0,
      from.character[at] ?? 0,
      from.gaps[at] ?? 0,
    );
    this.scores[added] = from.scores[at] ?? 0;
  }
}

/**
 * Reads frames into likely texts: a beam over the texts' beginnings (Graves 2006, Hannun et al. 2014), each scored by
 * the sum of all paths that read it and by how likely the text is. A character may have a space before it, likelier
 * the wider the gap; spaces take up no frame.
 */
export class PrefixBeam {
  private beam = new Column(WIDTH);
  private next = new Column(WIDTH);
  private readonly tried = new Column(WIDTH * 32);
  /** for each node where it stands in `tried`, if `stamps` has this frame's stamp */
  private places = new Int32Array(0);
  private stamps = new Int32Array(0);
  private stamp = 0;
  private readonly heap = new Int32Array(WIDTH);

  /**
   * The likeliest texts, in no order.
   *
   * @param tree begun anew at the place that is written for
   * @param codePoints of each class but the blank
   */
  read(
    frames: Frames,
    useful: UsefulFrames,
    tree: PrefixTree,
    codePoints: readonly number[],
    weights: DecoderWeights,
  ): BeamText[] {
    this.beam.length = 0;
    this.beam.add(tree.start, -1, 0, -Infinity, -Infinity);
    this.beam.scores[0] = tree.score(tree.start);
    for (let i = 0; i < useful.count; i++) {
      this.stay(frames, useful, i);
      this.extend(frames, useful, i, tree, codePoints, weights);
      this.keepBest(tree);
    }
    const texts = [];
    for (let slot = 0; slot < this.beam.length; slot++) {
      const ink = logAdd(this.beam.blank[slot] ?? 0, this.beam.character[slot] ?? 0);
      texts.push({ node: this.beam.nodes[slot] ?? 0, ink });
    }
    if (this.places.length > LARGE) this.places = this.stamps = new Int32Array(0);
    return texts;
  }

  /** All texts as they are: the frame is a blank, or goes on with the last character. */
  private stay({ characters, logProbabilities }: Frames, useful: UsefulFrames, i: number): void {
    const { beam, tried } = this;
    const row = (useful.at[i] ?? 0) * (characters.length + 1);
    const isBlank = useful.first[i] === useful.first[i + 1];
    const blank = useful.blanks[i] ?? 0;
    const gap = useful.gaps[i] ?? 0;
    tried.length = 0;
    this.stamp++;
    for (let slot = 0; slot < beam.length; slot++) {
      const last = beam.classes[slot] ?? -1;
      const all = logAdd(beam.blank[slot] ?? 0, beam.character[slot] ?? 0);
      const again =
        last < 0 || isBlank ? -Infinity : (beam.character[slot] ?? 0) + (logProbabilities[row + last] ?? 0);
      const node = beam.nodes[slot] ?? 0;
      const at = tried.add(node, last, all + blank, again, Math.max(beam.gaps[slot] ?? 0, gap));
      this.note(node, at);
    }
  }

  private note(node: number, place: number): void {
    if (node >= this.places.length) this.growPlaces(node);
    this.places[node] = place;
    this.stamps[node] = this.stamp;
  }

  private growPlaces(node: number): void {
    const length = Math.max(1024, node * 2);
    const places = new Int32Array(length);
    places.set(this.places);
    const stamps = new Int32Array(length);
    stamps.set(this.stamps);
    this.places = places;
    this.stamps = stamps;
  }

  /** Each text with each likely character of the frame more, with and without a space before it. */
  private extend(
    { characters, logProbabilities, evidence }: Frames,
    useful: UsefulFrames,
    i: number,
    tree: PrefixTree,
    codePoints: readonly number[],
    weights: DecoderWeights,
  ): void {
    const { beam } = this;
    const frame = useful.at[i] ?? 0;
    const row = frame * (characters.length + 1);
    const from = useful.first[i] ?? 0;
    const end = useful.first[i + 1] ?? 0;
    if (from === end) return;
    const least = this.bestScore() - DEPTH;
    for (let slot = 0; slot < beam.length; slot++) {
      const node = beam.nodes[slot] ?? 0;
      const last = beam.classes[slot] ?? -1;
      const score = tree.score(node);
      const blank = beam.blank[slot] ?? 0;
      const all = logAdd(blank, beam.character[slot] ?? 0);
      const gap = Math.max(beam.gaps[slot] ?? 0, useful.gaps[i] ?? 0);
      const space = node === tree.start ? 0 : spaceProbability(gap, weights);
      for (let j = from; j < end; j++) {
        const added = useful.classes[j] ?? 0;
        const more = evidence ? (evidence[frame * characters.length + added] ?? 0) : 0;
        const ink = (added === last ? blank : all) + (logProbabilities[row + added] ?? 0) + more;
        // the language takes some off, or adds its length at most
        if (ink + score + weights.length < least) continue;
        const codePoint = codePoints[added] ?? 0;
        this.add(tree.extended(node, codePoint), added, ink + Math.log1p(-space));
        if (space < LEAST_SPACE) continue;
        this.add(tree.extended(tree.extended(node, SPACE), codePoint), added, ink + Math.log(space));
      }
    }
  }

  private bestScore(): number {
    let best = -Infinity;
    for (let slot = 0; slot < this.beam.length; slot++) best = Math.max(best, this.beam.scores[slot] ?? 0);
    return best;
  }

  private add(node: number, last: number, ink: number): void {
    const { tried } = this;
    if (node < this.stamps.length && this.stamps[node] === this.stamp) {
      const at = this.places[node] ?? 0;
      const before = tried.character[at] ?? 0;
      // the text's last character was read just now, if more likely than before
      if (ink > logAdd(before, tried.blank[at] ?? 0)) tried.gaps[at] = -Infinity;
      tried.character[at] = logAdd(before, ink);
      return;
    }
    if (tried.length < tried.nodes.length) this.note(node, tried.add(node, last, -Infinity, ink, -Infinity));
  }

  /** The best of what was tried become the beam: a heap holds the best so far, the worst of them on top. */
  private keepBest(tree: PrefixTree): void {
    const { tried, next, heap } = this;
    let count = 0;
    let best = -Infinity;
    for (let at = 0; at < tried.length; at++) {
      const score = logAdd(tried.blank[at] ?? 0, tried.character[at] ?? 0) + tree.score(tried.nodes[at] ?? 0);
      tried.scores[at] = score;
      best = Math.max(best, score);
      if (count < WIDTH) this.rise(count++, at);
      else if (score > (tried.scores[heap[0] ?? 0] ?? 0)) this.sink(at, count);
    }
    next.length = 0;
    for (let i = 0; i < count; i++) {
      const at = heap[i] ?? 0;
      if ((tried.scores[at] ?? 0) >= best - DEPTH) next.copy(tried, at);
    }
    this.next = this.beam;
    this.beam = next;
  }

  private rise(from: number, item: number): void {
    const { heap } = this;
    const { scores } = this.tried;
    let at = from;
    for (; at > 0;) {
      const parent = (at - 1) >> 1;
      if ((scores[heap[parent] ?? 0] ?? 0) <= (scores[item] ?? 0)) break;
      heap[at] = heap[parent] ?? 0;
      at = parent;
    }
    heap[at] = item;
  }

  private sink(item: number, count: number): void {
    const { heap } = this;
    const { scores } = this.tried;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      const right = child + 1;
      if (right < count && (scores[heap[right] ?? 0] ?? 0) < (scores[heap[child] ?? 0] ?? 0)) child = right;
      if ((scores[heap[child] ?? 0] ?? 0) >= (scores[item] ?? 0)) break;
      heap[at] = heap[child] ?? 0;
      at = child;
    }
    heap[at] = item;
  }
}

/** So many nodes no line of usual length has; what a longer one needed is given back. */
const LARGE = 1 << 16;
