import assert from 'node:assert/strict';
import { Lexicon } from '../../../src/language/lexicon';
import { nearWords } from '../../../src/language/nearWords';

describe('words near a text', () => {
  const lexicon = Lexicon.of([
    {
      share: 1,
      words: [
        ['length', 1],
        ['lengths', 3],
        ['strength', 1],
        ['naïve', 1],
      ],
    },
  ]);

  it('are those that few edits make of it, the nearest first, then the likeliest', () => {
    assert.deepEqual(nearWords(lexicon, 'lengthy', 1, 5), ['lengths', 'length']);
    assert.deepEqual(nearWords(lexicon, 'length', 3, 5), ['length', 'lengths', 'strength']);
    assert.deepEqual(nearWords(lexicon, 'length', 3, 1), ['length']);
  });

  it('are none where all are further away', () => {
    assert.deepEqual(nearWords(lexicon, 'width', 2, 5), []);
    assert.deepEqual(nearWords(Lexicon.of([]), 'width', 2, 5), []);
  });

  it('count characters beyond ASCII as one each', () => {
    assert.deepEqual(nearWords(lexicon, 'naive', 1, 5), ['naïve']);
  });
});
