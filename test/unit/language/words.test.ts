import assert from 'node:assert/strict';
import { LanguageError } from '../../../src/language/errors';
import { identifiersAround } from '../../../src/language/identifiers';
import { keywordsOf } from '../../../src/language/keywords/keywords';
import { isProse } from '../../../src/language/languageKind';
import { Lexicon } from '../../../src/language/lexicon';
import { parseLexicon } from '../../../src/language/lexiconFile';
import { likelyWords } from '../../../src/language/likelyWords';

describe('keywords', () => {
  const LANGUAGES =
    'c cpp csharp css go html java javascript json julia kotlin latex lua php python r ruby rust shellscript sql swift typescript typescriptreact';

  it('are known of the usual languages, each once', () => {
    for (const language of LANGUAGES.split(' ')) {
      const words = keywordsOf(language);
      assert.ok(words.length >= 25, language);
      assert.equal(new Set(words).size, words.length, language);
    }
    assert.ok(keywordsOf('typescript').includes('interface') && keywordsOf('typescript').includes('const'));
    assert.ok(keywordsOf('cpp').includes('typedef') && keywordsOf('cpp').includes('template'));
    assert.ok(keywordsOf('c').includes('NULL') && !keywordsOf('c').includes('template'));
  });

  it('are none for prose and for a language that Scrawl does not know', () => {
    assert.deepEqual(keywordsOf('plaintext'), []);
    assert.deepEqual(keywordsOf('brainfuck'), []);
    assert.ok(isProse('markdown') && isProse('plaintext') && !isProse('typescript') && !isProse('brainfuck'));
  });
});

describe('names around the cursor', () => {
  it('weigh more the nearer they stand and the more often', () => {
    const far = `farName = 1;\n${'x\n'.repeat(3000)}`;
    const weights = identifiersAround(`${far}nearName = 2; often often often `, ' behindName');
    const weight = (name: string) => weights.get(name) ?? 0;
    assert.ok(weight('nearName') > 2 * weight('farName'));
    assert.ok(weight('often') > 2.5 * weight('nearName'));
    assert.ok(weight('behindName') > weight('farName'));
    assert.ok(!weights.has('x') && !weights.has('1'));
  });

  it('leave out the name that is being written', () => {
    const weights = identifiersAround('const total = tot', 'al; other');
    assert.deepEqual([...weights.keys()].sort(), ['const', 'other', 'total']);
  });

  it('may be of any script', () => {
    assert.ok(identifiersAround('größe = 1;', '').has('größe'));
  });

  it('are found in a long text at once', () => {
    const start = performance.now();
    const weights = identifiersAround('someName = anotherName + 1;\n'.repeat(20_000), '');
    assert.equal(weights.size, 2);
    assert.ok(performance.now() - start < 2000);
  });
});

describe('lexicon file', () => {
  it('has a word a line, a weight behind a tab', () => {
    assert.deepEqual(
      [...parseLexicon('\uFEFFlength\t3\r\nwidth\n\n  \nwidth\t0.5\nstd::vector\n')],
      [
        ['length', 3],
        ['width', 1.5],
        ['std::vector', 1],
      ],
    );
  });

  it('says in which line a weight is wrong', () => {
    const wrong = (text: string) => () => parseLexicon(text);
    assert.throws(
      wrong('a\nb\tmany'),
      new LanguageError(
        'The weight "many" in line 2 of the lexicon is not a number above 0: write words, one a line.',
      ),
    );
    assert.throws(wrong('a\t-1'), /"-1" in line 1/);
    assert.throws(wrong('a\t0'), /"0" in line 1/);
  });
});

describe('lexicon', () => {
  const walk = (lexicon: Lexicon, text: string) =>
    [...text].reduce(
      (node, character) => (node < 0 ? -1 : lexicon.next(node, character.codePointAt(0) ?? 0)),
      0,
    );

  it('knows the weight of all words that go on from a beginning, and of the word that ends there', () => {
    const lexicon = Lexicon.of([
      {
        share: 1,
        words: [
          ['let', 1],
          ['length', 2],
          ['left', 1],
        ],
      },
    ]);
    assert.equal(lexicon.weight(0), 1);
    assert.equal(lexicon.weight(walk(lexicon, 'le')), 1);
    assert.equal(lexicon.weight(walk(lexicon, 'len')), 0.5);
    assert.equal(lexicon.end(walk(lexicon, 'len')), 0);
    assert.equal(lexicon.end(walk(lexicon, 'let')), 0.25);
    assert.equal(walk(lexicon, 'lex'), -1);
    assert.equal(walk(lexicon, 'lengths'), -1);
  });

  it('gives each group its share, however many words it has', () => {
    const many = Array.from({ length: 1000 }, (_, i) => [`many${i}`, 7] as const);
    const lexicon = Lexicon.of([
      { share: 3, words: [['one', 1]] },
      { share: 1, words: many },
      { share: 5, words: [] },
    ]);
    assert.ok(Math.abs(lexicon.weight(0) - 4) < 1e-9);
    assert.ok(Math.abs(lexicon.end(walk(lexicon, 'one')) - 3) < 1e-9);
    assert.ok(Math.abs(lexicon.weight(walk(lexicon, 'many')) - 1) < 1e-9);
  });

  it('takes words from their first letter on, and letters beyond the basic plane', () => {
    const lexicon = Lexicon.of([
      {
        share: 1,
        words: [
          ['#include', 1],
          ['--accent-color', 1],
          ['123', 1],
          ['𝑥𝑦', 1],
        ],
      },
    ]);
    assert.ok(lexicon.end(walk(lexicon, 'include')) > 0);
    assert.ok(lexicon.end(walk(lexicon, 'accent-color')) > 0);
    assert.ok(lexicon.end(walk(lexicon, '𝑥𝑦')) > 0);
    assert.ok(Math.abs(lexicon.weight(0) - 1) < 1e-9);
  });

  it('may be empty', () => {
    const lexicon = Lexicon.of([]);
    assert.ok(lexicon.isEmpty);
    assert.equal(lexicon.next(0, 0x61), -1);
  });

  it('of a place has its keywords, its names, what is offered and what was given', () => {
    const lexicon = likelyWords({
      language: 'python',
      before: 'total = 1\n',
      after: '',
      offered: ['append'],
      given: new Map([['frobnicate', 1]]),
      elsewhere: new Map([['elsewhere', 1]]),
    });
    for (const word of ['lambda', 'total', 'append', 'frobnicate', 'elsewhere']) {
      assert.ok(lexicon.end(walk(lexicon, word)) > 0, word);
    }
  });
});
