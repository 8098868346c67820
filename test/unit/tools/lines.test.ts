import assert from 'node:assert/strict';
import { Random } from '../../../src/base/random';
import { classesOf, textOf } from '../../../tools/lines/alphabet';
import { pack, roundOf } from '../../../tools/lines/batches';
import { Composer } from '../../../tools/lines/compose';
import type { Pools } from '../../../tools/lines/draw';
import { isSymbolRich } from '../../../tools/lines/pools';
import { advance, rateFactor, timeOf } from '../../../tools/training/progress';
import { Suspects } from '../../../tools/lines/suspects';
import { Texts } from '../../../tools/lines/texts';
import { staircase } from '../../../tools/lines/transform';
import { Written } from '../../../tools/lines/written';
import { fits } from '../../../src/engine/training/lines/lineLearner';
import { FEATURES } from '../../../src/ink/lines/features';

const CHARACTERS = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
/** A writer who draws every character as a stroke and a dot. */
const characters = CHARACTERS.map((character, index) =>
  Written.of(`c${index}`, character, 'somebody', [
    [
      [0, 0],
      [10 + (index % 7) * 5, 50],
      [0, 100],
    ],
    [[20, 20]],
  ]),
);
const words = Array.from({ length: 40 }, (_, index) =>
  Written.of(`w${index}`, ['ab', 'cde'][index % 2] ?? '', 'somebody', [
    Array.from(
      { length: 20 },
      (_point, i) => [8 * i, 50 + 45 * Math.sin(i)].map(Math.round) as [number, number],
    ),
  ]),
);
const pools: Pools = {
  words,
  lines: words,
  symbolLines: words,
  expressions: words,
  composer: new Composer(characters),
  texts: new Texts(['const answer = values[index] + 1;', 'if (left === right) return undefined;']),
};

describe('the recipe of the model of lines', () => {
  it('composes a text of characters in their order, with its guide lines', () => {
    const line = pools.composer.line('x_y', new Random(3));
    assert.equal(line?.text, 'x_y');
    assert.equal(line.guide.baseline, 0);
    assert.ok(line.guide.xHeight > 40 && line.guide.xHeight < 80);
    const rights = line.paths.map(({ x }) => Math.max(...x));
    assert.ok(Math.max(...rights) > 60);
    assert.equal(pools.composer.line('ä', new Random(3)), undefined);
  });

  it('draws the same round for the same seed, of lines that fit their labels', () => {
    const [first, again, next] = [roundOf(pools, 1, 0), roundOf(pools, 1, 0), roundOf(pools, 1, 1)];
    assert.deepEqual(first, again);
    assert.notDeepEqual(first[0]?.labels, next[0]?.labels);
    for (const { x, lines, points, lengths, labels } of first) {
      assert.equal(x.length, lines * points * FEATURES);
      lengths.forEach((length, line) => {
        assert.ok(length <= points - 4);
        assert.ok(fits(length, labels[line] ?? []));
      });
      assert.ok(x.every(Number.isFinite));
    }
  });

  it('fills shorter lines of a batch with zeros', () => {
    const sample = (points: number) => ({
      features: new Float32Array(points * FEATURES).fill(1),
      points,
      label: [1],
      id: undefined,
    });
    const { x, points } = pack([sample(10), sample(40)]);
    assert.equal(points, 64);
    assert.ok(x.subarray(10 * FEATURES, 64 * FEATURES).every((value) => value === 0));
  });

  it('makes texts of printable ASCII, short enough to learn from', () => {
    const random = new Random(11);
    for (let i = 0; i < 500; i++) {
      const text = pools.texts.draw(random);
      assert.match(text, /^[!-~][ -~]*$/);
      assert.ok(text.replaceAll(' ', '').length <= 30);
    }
  });

  it('has a class for each character, and none for blanks', () => {
    assert.deepEqual(classesOf('! ~'), [0, 93]);
    assert.equal(classesOf('größe'), undefined);
    assert.equal(textOf([0, 93]), '!~');
    assert.ok(isSymbolRich('a[0]') && !isSymbolRich('a.b;'));
  });

  it('takes labels for wrong that stay far from what the network reads', () => {
    const suspects = new Suspects();
    const ids = Array.from({ length: 200 }, (_, index) => `s${index}`);
    const labels = ids.map(() => [1, 2]);
    suspects.note(
      ids,
      ids.map((_, index) => (index < 2 ? 20 : 0.5)),
      labels,
    );
    suspects.note(['s0', undefined], [0.4, 50], [[1, 2], [1]]);
    assert.deepEqual(suspects.wrong(), ['s1']);
    assert.deepEqual(new Suspects(suspects.save()).wrong(), ['s1']);
  });

  it('draws a staircase one direction at a time', () => {
    const [path] = staircase([{ x: Float32Array.of(0, 9, 22), y: Float32Array.of(0, 11, 18) }], 10);
    assert.ok(path);
    for (let i = 1; i < path.x.length; i++) {
      assert.ok(path.x[i] === path.x[i - 1] || path.y[i] === path.y[i - 1]);
    }
  });

  it('ends after its steps, or at its time', () => {
    assert.equal(advance(0.5, { steps: 100 }, 3), 0.51);
    assert.equal(advance(0.9, { time: 1000 }, 1, 2000), 1);
    let [progress, now] = [0, 0];
    for (; now < 100_000; now += 1000) progress = advance(progress, { time: 100_000 }, 1, now + 1000);
    assert.ok(progress > 0.999);
    assert.ok(rateFactor(0, 0) < 0.01 && rateFactor(5000, 0) === 1 && rateFactor(5000, 1) < 0.01);
    const now2 = new Date(2026, 10, 28, 18, 30);
    assert.equal(timeOf('19:15', now2), new Date(2026, 10, 28, 19, 15).getTime());
    assert.equal(timeOf('18:15', now2), new Date(2026, 10, 29, 18, 15).getTime());
  });
});
