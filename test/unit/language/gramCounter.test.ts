import assert from 'node:assert/strict';
import { GramCounter } from '../../../src/language/gramCounter';
import { childOf, longestEndings } from '../../../src/language/gramTree';
import { LINE_BREAK, OTHER, symbolOf } from '../../../src/language/symbols';
import { nodeOf, symbolsOf } from './nodeOf';

const LINES = ['abcab', 'cab', 'ab ü'];

describe('counting character sequences', () => {
  const counter = new GramCounter(3);
  for (const line of LINES) counter.addLine(line);
  const grams = counter.count();

  it('counts every sequence up to the order, the end of the line as a character', () => {
    const expected = new Map<string, number>();
    for (const line of LINES) {
      const symbols = [LINE_BREAK, ...symbolsOf(line), LINE_BREAK];
      for (let from = 0; from < symbols.length - 1; from++) {
        for (let to = from + 1; to <= Math.min(from + 3, symbols.length); to++) {
          const key = symbols.slice(from, to).join();
          expected.set(key, (expected.get(key) ?? 0) + 1);
        }
      }
    }
    assert.equal(grams.symbols.length, expected.size + 1);
    for (const [key, count] of expected) {
      const node = nodeOf(grams, key.split(',').map(Number));
      assert.equal(grams.counts[node], count, key);
    }
    assert.equal(grams.counts[0], counter.characters);
  });

  it('says how many different characters followed', () => {
    // behind "ab": c, the end, a space
    assert.equal(grams.followers[nodeOf(grams, symbolsOf('ab'))], 3);
    // behind "ca": b
    assert.equal(grams.followers[nodeOf(grams, symbolsOf('ca'))], 1);
  });

  it('leaves out what was seen too seldom, but still counts that it followed', () => {
    const few = new GramCounter(3);
    for (const line of LINES) few.addLine(line);
    const frequent = few.count([1, 2]);
    const ab = nodeOf(frequent, symbolsOf('ab'));
    assert.equal(frequent.counts[ab], 4);
    assert.equal(childOf(frequent, ab, symbolOf(0x63)), -1);
    assert.equal(frequent.followers[ab], 3);
  });

  it('takes characters beyond ASCII as one', () => {
    assert.equal(symbolOf('ü'.codePointAt(0) ?? 0), OTHER);
    assert.equal(grams.counts[nodeOf(grams, [OTHER])], 1);
  });

  it('knows the longest ending of each sequence', () => {
    const endings = longestEndings(grams);
    assert.equal(endings[nodeOf(grams, symbolsOf('cab'))], nodeOf(grams, symbolsOf('ab')));
    assert.equal(endings[nodeOf(grams, symbolsOf('b'))], 0);
  });
});
