import assert from 'node:assert/strict';
import { characterModelOf } from '../../../src/language/wittenBell';
import { GramCounter } from '../../../src/language/gramCounter';
import type { LanguageWeights } from '../../../src/language/languageWeights';
import { Lexicon } from '../../../src/language/lexicon';
import type { LikelyText } from '../../../src/language/likelyText';
import { PrefixTree } from '../../../src/language/prefixTree';

const PLAIN: LanguageWeights = {
  language: 1,
  trust: { prose: 1, comment: 1, code: 1, unknown: 1 },
  surprise: 0.01,
  length: 0,
  lexicon: 0.5,
  after: 1,
  closed: 0,
  mismatched: 0,
  unclosed: 0,
};

const counter = new GramCounter(4);
for (const line of ['let name = foo(bar);', 'let x = name.size;', 'if (name[0] == "a") {'])
  counter.addLine(line);
const model = characterModelOf(counter.count());
const LEXICON = Lexicon.of([
  {
    share: 1,
    words: [
      ['length', 3],
      ['lemma', 1],
      ['background-color', 1],
    ],
  },
]);

function place(before = '', after = '', lexicon = LEXICON): LikelyText {
  return { models: [{ model, weight: 1 }], lexicon, kind: 'unknown', before, after };
}

const scoreOf = (tree: PrefixTree, text: string) =>
  tree.score(tree.followed(tree.start, text)) - tree.score(tree.start);

describe('likely texts', () => {
  it('share one probability among all that may come next where no word is open', () => {
    const tree = new PrefixTree(place(), PLAIN);
    for (const text of ['', 'foo(', 'let x = ', '1']) {
      const node = tree.followed(tree.start, text);
      let sum = 0;
      for (let codePoint = 32; codePoint < 127; codePoint++) {
        sum += Math.exp(tree.score(tree.extended(node, codePoint)) - tree.score(node));
      }
      sum += Math.exp(tree.score(tree.extended(node, 10)) - tree.score(node));
      sum += 50 * Math.exp(tree.score(tree.extended(node, 0xe9)) - tree.score(node));
      assert.ok(Math.abs(sum - 1) < 1e-5, `${sum} behind "${text}"`);
    }
  });

  it('are likelier with words of the lexicon, by their weights', () => {
    const tree = new PrefixTree(place(), PLAIN);
    assert.ok(scoreOf(tree, 'x.length;') > scoreOf(tree, 'x.lenght;') + 8);
    const known = scoreOf(tree, 'length') - scoreOf(tree, 'lemma');
    assert.ok(Math.abs(known - Math.log(3)) < 0.05, `${known}`);
  });

  it('cost no more outside the lexicon than the share that it has', () => {
    const tree = new PrefixTree(place(), PLAIN);
    const without = new PrefixTree(place('', '', Lexicon.of([])), PLAIN);
    for (const text of ['lengthy = 1', 'lenx', 'frobnicate(zyx);']) {
      const words = text.split(/\W+/).filter((word) => /^[a-z]/.test(word)).length;
      const loss = scoreOf(without, text) - scoreOf(tree, text);
      assert.ok(loss <= words * Math.log(2) + 1e-9, `${text}: ${loss}`);
    }
  });

  it('hold words with other characters in them', () => {
    const tree = new PrefixTree(place(), PLAIN);
    assert.ok(scoreOf(tree, 'background-color: 1') > scoreOf(tree, 'background-colon: 1') + 3);
  });

  it('cost no more at a character than the surprise that it may be', () => {
    const tree = new PrefixTree(place('', '', Lexicon.of([])), PLAIN);
    const text = '~^%@!#';
    assert.ok(scoreOf(tree, text) >= text.length * Math.log(0.01 / 97) - 1e-9);
  });

  it('go on with the word that the cursor stands in', () => {
    const tree = new PrefixTree(place('x = name.len'), PLAIN);
    assert.ok(scoreOf(tree, 'gth') > scoreOf(tree, 'ght') + 5);
    assert.equal(tree.textOf(tree.followed(tree.start, 'gth')), 'gth');
  });

  it('go on from the line before the cursor, whatever lines are before it', () => {
    const tree = new PrefixTree(place('something (\n   let x = '), PLAIN);
    const other = new PrefixTree(place('let x = '), PLAIN);
    assert.ok(Math.abs(scoreOf(tree, 'name') - scoreOf(other, 'name')) < 1e-9);
  });

  it('are followed by what stands behind the cursor', () => {
    const tree = new PrefixTree(place('let name = f', '(bar);'), PLAIN);
    const final = (text: string) => tree.finalScore(tree.followed(tree.start, text));
    const bare = (text: string) => tree.score(tree.followed(tree.start, text));
    assert.ok(final('oo') - final('ob') > bare('oo') - bare('ob') + 1);
  });

  it('close what is open: in the text, before the cursor, in lines before', () => {
    const weights = { ...PLAIN, language: 0, closed: 1, mismatched: 2, unclosed: 0.5 };
    const final = (before: string, text: string) => {
      const tree = new PrefixTree(place(before), weights);
      return tree.finalScore(tree.followed(tree.start, text)) - tree.score(tree.start);
    };
    assert.equal(final('', 'f(x)'), 1);
    assert.equal(final('', 'f(x]'), -2.5);
    assert.equal(final('', 'f(x'), -0.5);
    assert.equal(final('', 'if x {'), 0);
    assert.equal(final('f(', 'x)'), 1);
    assert.equal(final('f(\n', 'x)'), 1);
    assert.equal(final('f(', 'x'), 0);
    assert.equal(final('', 'x)'), -2);
    assert.equal(final('say("', 'a) b")'), 2);
  });

  it('may be many, and are forgotten at the next place', () => {
    const tree = new PrefixTree(place(), PLAIN);
    const before = scoreOf(tree, 'name');
    for (let i = 0; i < 3000; i++) tree.followed(tree.start, `name${i} = ${i * 7}`);
    assert.ok(tree.length > 20_000);
    assert.equal(scoreOf(tree, 'name'), before);
    tree.begin(place('let '), PLAIN);
    assert.ok(tree.length < 10);
    assert.notEqual(scoreOf(tree, 'name'), before);
    tree.begin(place(), PLAIN);
    assert.equal(scoreOf(tree, 'name'), before);
  });
});
