import assert from 'node:assert/strict';
import path from 'node:path';
import { CharacterNames } from '../../../../src/host/pad/characterNames';
import { onlyCharacter, rankedCharacters } from '../../../../src/host/pad/rankedCharacters';

describe('the characters to pick from', () => {
  const named = [
    { character: 'a', name: 'latin small letter a' },
    { character: 'λ', name: 'greek small letter lambda' },
  ];

  it('are likely ones first, then those picked lately, then the alphabet, then all others, each once', () => {
    const ranked = rankedCharacters({
      likely: ['b', 'a'],
      picked: ['→', 'a'],
      alphabet: ['a', 'b', 'c'],
      named,
    });
    assert.deepEqual(
      ranked.map(({ character, section }) => [character, section]),
      [
        ['b', 'likely'],
        ['a', 'likely'],
        ['→', 'picked lately'],
        ['c', 'alphabet'],
        ['λ', 'more characters'],
      ],
    );
    assert.equal(ranked[1]?.name, 'latin small letter a');
  });

  it('have the names that one would type', async () => {
    const all = await new CharacterNames(path.resolve('media', 'characterNames.tsv')).all();
    const found = (word: string) =>
      all.flatMap(({ character, name }) => (name.includes(word) ? [character] : []));
    assert.ok(found('lambda').includes('λ'));
    assert.ok(found('arrow').includes('→'));
    assert.deepEqual(found('semicolon').slice(0, 1), [';']);
    assert.ok(found('backslash').includes('\\'));
    assert.equal(new Set(all.map(({ character }) => character)).size, all.length);
  });

  it('may be typed, whatever a user sees as one', () => {
    assert.equal(onlyCharacter(' é '), 'é');
    assert.equal(onlyCharacter('e\u0301'), 'e\u0301');
    assert.equal(onlyCharacter('👩‍👧'), '👩‍👧');
    assert.equal(onlyCharacter('ab'), undefined);
    assert.equal(onlyCharacter(''), undefined);
  });
});
