import assert from 'node:assert/strict';
import { Random } from '../../../src/base/random';
import { practiceWords } from '../../../src/host/personal/practiceWords';

describe('words to practice', () => {
  it('are half of the open file, where it has so many, and each once', () => {
    const text = 'const firstName = lookUp(secondName); thirdName += fourthName + fifthName';
    const words = practiceWords(text, 8, new Random(1));
    assert.equal(new Set(words).size, 8);
    assert.equal(
      words.filter((word) => /Name|lookUp|const/.test(word) && text.includes(word)).length >= 4,
      true,
    );
  });

  it('are code where there is no file', () => {
    assert.equal(practiceWords('', 8, new Random(1)).length, 8);
  });

  it('are the same for the same seed, and others for another', () => {
    const words = (seed: number) => practiceWords('alpha beta gamma', 8, new Random(seed));
    assert.deepEqual(words(7), words(7));
    assert.notDeepEqual(words(7), words(8));
  });
});
