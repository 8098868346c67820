import assert from 'node:assert/strict';
import { Random } from '../../../../src/base/random';
import { alignClasses } from '../../../../src/engine/recognition/lines/alignText';
import { DECODER_WEIGHTS } from '../../../../src/engine/recognition/lines/decoderWeights';
import type { Frames } from '../../../../src/engine/recognition/lines/frames';
import { pathsLikelihood } from '../../../../src/engine/recognition/lines/inkLikelihood';
import { PrefixBeam } from '../../../../src/engine/recognition/lines/prefixBeam';
import { usefulFrames } from '../../../../src/engine/recognition/lines/usefulFrames';
import { GramCounter } from '../../../../src/language/gramCounter';
import { Lexicon } from '../../../../src/language/lexicon';
import { PrefixTree } from '../../../../src/language/prefixTree';
import { characterModelOf } from '../../../../src/language/wittenBell';
import { allPaths, type Path } from './paths';
import { CHARACTERS, syntheticFrames } from './syntheticFrames';

/** No language, no gaps: what is left is CTC. */
const INK_ONLY = {
  ...DECODER_WEIGHTS,
  language: 0,
  length: 0,
  closed: 0,
  mismatched: 0,
  unclosed: 0,
  spaceDoubt: 0,
  spaceSlope: 1000,
};

/** Few frames of two or three characters with any probabilities, without gaps. */
function anyFrames(random: Random): Frames {
  const characters = ['a', 'b', 'c'].slice(0, 2 + random.integer(2));
  const count = 2 + random.integer(4);
  const rows = Array.from({ length: count }, () => {
    const row = Array.from({ length: characters.length + 1 }, () => random.next() ** 2 + 0.01);
    const sum = row.reduce((total, each) => total + each, 0);
    return row.map((each) => Math.log(each / sum));
  });
  const gaps = new Float32Array(count).fill(-1000);
  return { count, characters, gaps, logProbabilities: Float32Array.from(rows.flat()) };
}

function sumsByText(frames: Frames): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { text, score } of allPaths(frames)) sums.set(text, (sums.get(text) ?? 0) + Math.exp(score));
  return sums;
}

const everything = (frames: Frames) =>
  usefulFrames(
    frames,
    frames.characters.map(() => true),
  );

describe('texts of frames', () => {
  it('have the sum of all their paths, as counted one by one', () => {
    const random = new Random(7);
    const model = characterModelOf(new GramCounter(2).count());
    const place = {
      models: [{ model, weight: 1 }],
      lexicon: Lexicon.of([]),
      kind: 'code',
      before: '',
      after: '',
    } as const;
    for (let round = 0; round < 40; round++) {
      const frames = anyFrames(random);
      const useful = everything(frames);
      const tree = new PrefixTree(place, INK_ONLY);
      const points = frames.characters.map((character) => character.codePointAt(0) ?? 0);
      const read = new PrefixBeam().read(frames, useful, tree, points, INK_ONLY);
      const sums = sumsByText(frames);
      const [best] = [...sums].sort(([, a], [, b]) => b - a);
      const likeliest = read.reduce((a, b) => (b.ink > a.ink ? b : a));
      assert.equal(tree.textOf(likeliest.node), best?.[0]);
      assert.ok(Math.abs(Math.exp(likeliest.ink) - (best?.[1] ?? 0)) < 1e-6);
      const classes = [...(best?.[0] ?? '')].map((character) => frames.characters.indexOf(character));
      assert.ok(Math.abs(Math.exp(pathsLikelihood(frames, useful, classes)) - (best?.[1] ?? 0)) < 1e-6);
    }
  });

  it('are aligned as the likeliest of their paths is', () => {
    const random = new Random(8);
    for (let round = 0; round < 40; round++) {
      const frames = anyFrames(random);
      const best = new Map<string, Path>();
      for (const path of allPaths(frames)) {
        if (path.score > (best.get(path.text)?.score ?? -Infinity)) best.set(path.text, path);
      }
      for (const { read, classes } of best.values()) {
        const ranges = alignClasses(frames, everything(frames), read) ?? [];
        const score = pathOf(ranges, read, frames);
        const expected = classes.reduce((sum, each, at) => sum + value(frames, at, each), 0);
        assert.ok(Math.abs(score - expected) < 1e-5);
      }
    }
  });

  it('that do not fit into the frames have no alignment', () => {
    const frames = anyFrames(new Random(9));
    assert.equal(alignClasses(frames, everything(frames), [0, 0, 0, 0, 0, 0]), undefined);
    assert.deepEqual(alignClasses(frames, everything(frames), []), []);
  });

  it('have each character at the frames that say it', () => {
    const { frames, peaks } = syntheticFrames('llama = 11 + w00t;', new Random(3), {}, 0.2);
    const classes = [...'llama=11+w00t;'].map((character) => CHARACTERS.indexOf(character));
    const ranges = alignClasses(frames, everything(frames), classes) ?? [];
    assert.deepEqual(
      ranges.map(({ from, to }) => [from, to]),
      peaks.map((peak) => [peak, peak + 1]),
    );
  });
});

const value = ({ characters, logProbabilities }: Frames, frame: number, each: number): number =>
  logProbabilities[frame * (characters.length + 1) + each] ?? 0;

/** The logarithm of the probability of the path that reads each class in its range and blanks elsewhere. */
function pathOf(
  ranges: readonly { from: number; to: number }[],
  read: readonly number[],
  frames: Frames,
): number {
  let score = 0;
  for (let frame = 0; frame < frames.count; frame++) {
    const at = ranges.findIndex(({ from, to }) => from <= frame && frame < to);
    score += value(frames, frame, at < 0 ? frames.characters.length : (read[at] ?? 0));
  }
  return score;
}
