import assert from 'node:assert/strict';
import { KnownWords } from '../../../../src/engine/recognition/lines/knownWords';
import { Lexicon } from '../../../../src/language/lexicon';

const LONG = 'nameOf'.repeat(20);

describe('words of the lexicon instead of pieces of a text', () => {
  const words = new KnownWords(
    Lexicon.of([
      {
        share: 1,
        words: [
          ['total', 1],
          ['lineCount', 1],
          ['bar', 1],
          [LONG, 1],
        ],
      },
    ]),
  );

  it('are written one at a time, where a piece is no word itself', () => {
    assert.deepEqual(words.textsNear('tatal = bar'), ['total = bar']);
    assert.deepEqual(words.textsNear('total = bar'), []);
  });

  it('are written for two pieces with a character between them', () => {
    assert.deepEqual(words.textsNear('line Count'), ['lineCount']);
  });

  it('are none for pieces that are too short or too long for a name', () => {
    assert.deepEqual(words.textsNear('b'), []);
    assert.deepEqual(words.textsNear(LONG.replace('n', 'm')), []);
  });
});
