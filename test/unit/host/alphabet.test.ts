import assert from 'node:assert/strict';
import { ALPHABET_NAMES, isAlphabetName, membership, requestAlphabet } from '../../../src/base/alphabet';

describe('requestAlphabet', () => {
  it('passes a name on, whatever the own characters are', () => {
    assert.equal(requestAlphabet('digits', 'abc'), 'digits');
  });

  it('gives the own characters, each once and without spaces', () => {
    assert.equal(requestAlphabet('custom', 'ab a\tc'), 'abc');
  });

  it('gives every class where there are no own characters', () => {
    assert.equal(requestAlphabet('custom', ' '), 'all');
  });

  it("takes a name that was typed as characters for its characters, as in 'digits'", () => {
    for (const name of ALPHABET_NAMES) {
      const alphabet = requestAlphabet('custom', name);
      assert.ok(!isAlphabetName(alphabet), alphabet);
      const classes = [...new Set(name), '!'];
      assert.deepEqual(
        classes.filter((_, index) => membership(alphabet, classes)[index]),
        classes.slice(0, -1),
      );
    }
  });
});
