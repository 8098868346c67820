import assert from 'node:assert/strict';
import { documentModel } from '../../../src/language/documentModel';
import { GramCounter } from '../../../src/language/gramCounter';
import { likelyText } from '../../../src/language/likelyText';
import { LINE_BREAK } from '../../../src/language/symbols';
import { characterModelOf } from '../../../src/language/wittenBell';
import { symbolsOf } from './nodeOf';

const code = characterModelOf(new GramCounter(2).count());
const prose = characterModelOf(new GramCounter(2).count());

describe('likely text', () => {
  const weights = (language: string, before: string) =>
    likelyText({ language, before, after: '' }, { code, prose }).models;

  it('is prose in prose, code in code, and more of prose in a comment', () => {
    const proseIn = (language: string, before: string) =>
      weights(language, before).find(({ model }) => model === prose)?.weight ?? 0;
    assert.ok(proseIn('plaintext', '') > 0.8);
    assert.ok(proseIn('c', 'int x = 1;\nint ') < 0.2);
    for (const before of ['x = 1; // the ', '/* a ', ' * and ', '# the ']) {
      assert.ok(proseIn('c', `first\n${before}`) > 0.5, before);
    }
    assert.ok(proseIn('c', '#include ') < 0.2);
    assert.ok(proseIn('typescript', "get('http://") < 0.2);
  });

  it('knows what kind of text it is of', () => {
    const kindIn = (language: string, before: string) =>
      likelyText({ language, before, after: '' }, { code, prose }).kind;
    assert.deepEqual(
      [kindIn('markdown', ''), kindIn('c', 'x = 1; // the '), kindIn('c', 'int '), kindIn('', '')],
      ['prose', 'comment', 'code', 'unknown'],
    );
  });

  it('has weights that sum to one', () => {
    const document = documentModel('let a = b;\n'.repeat(50), '');
    for (const sources of [{}, { document }]) {
      const { models } = likelyText({ language: 'c', before: '', after: '', ...sources }, { code, prose });
      assert.ok(Math.abs(models.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-12);
    }
  });
});

describe("a text's own model", () => {
  it('expects what the text does', () => {
    const model = documentModel('self.tokens.push(token)\nself.offset += 1\n'.repeat(10), '');
    assert.ok(model);
    const context = [LINE_BREAK, ...symbolsOf('self.tok')].reduce((at, symbol) => model.next(at, symbol), 0);
    assert.ok(model.probability(context, symbolsOf('e')[0] ?? 0) > 0.8);
  });

  it('is none of a short text', () => {
    assert.equal(documentModel('let a = 1;\n', ''), undefined);
    assert.equal(documentModel('', ''), undefined);
  });

  it('leaves out the line that is being written', () => {
    const others = 'abc\n'.repeat(100);
    const model = documentModel(`${others}zzzzzzzzzzzz`, `zzzzzz\n${others}`);
    assert.ok((model?.probability(0, symbolsOf('z')[0] ?? 0) ?? 1) < 0.01);
  });

  it('is made in milliseconds', () => {
    const text = Array.from({ length: 2000 }, (_, i) => `const value${i} = call(${i * 31}, other);\n`).join(
      '',
    );
    const start = process.cpuUsage();
    documentModel(text, text);
    const { user, system } = process.cpuUsage(start);
    assert.ok(user + system < 1e6, `${(user + system) / 1000} ms`);
  });
});
