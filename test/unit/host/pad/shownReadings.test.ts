import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { insteadOf, shownReadings } from '../../../../src/host/pad/shownReadings';
import type { Reading } from '../../../../src/protocol/ink';
import { USUAL_FORMS } from '../../../../src/symbols/forms';
import type { Meant } from '../../../../src/symbols/lookAlikes';
import { SymbolTable } from '../../../../src/symbols/symbolTable';

const TABLE = SymbolTable.parse(readFileSync(path.resolve('media', 'symbols.json'), 'utf8'));
const MEANT: Meant = {
  place: { language: 'python', before: '', after: '' },
  forms: USUAL_FORMS,
  usesOf: () => 0,
};

function reading(text: string, probability: number, more: Partial<Reading> = {}): Reading {
  return { text, probability, isPlain: false, alignment: [[]], ...more };
}
const symbol = (id: string, probability: number) => reading(id, probability, { symbol: id });

/** What is shown of readings, with hundredths of probability. */
function shown(readings: readonly Reading[], meant = MEANT) {
  return shownReadings(readings, TABLE, meant, 5).map(({ text, symbol: command, probability }) => [
    text,
    command,
    Math.round(100 * probability),
  ]);
}

describe('what the pad shows of readings', () => {
  it('is the character of a symbol, with its command, package and name', () => {
    const [first] = shownReadings([symbol('\\oiint', 1)], TABLE, MEANT, 5);
    assert.equal(first?.text, '∯');
    assert.equal(first.about?.command, '\\oiint');
    assert.equal(first.about.from, 'esint');
    assert.ok(first.about.more.includes('surface integral'));
  });

  it('is one row of characters and symbols by probability', () => {
    assert.deepEqual(shown([symbol('\\alpha', 0.5), reading('a', 0.3), symbol('\\propto', 0.1)]), [
      ['α', '\\alpha', 50],
      ['a', undefined, 30],
      ['∝', '\\propto', 10],
    ]);
  });

  it('has a symbol that both the model and the user know once', () => {
    assert.deepEqual(shown([reading('α', 0.5, { isOwn: true }), symbol('\\alpha', 0.2), reading('a', 0.3)]), [
      ['α', '\\alpha', 70],
      ['a', undefined, 30],
    ]);
  });

  it('has a character once that LaTeX writes as it is', () => {
    assert.deepEqual(shown([symbol('/', 0.4), reading('/', 0.5)]), [['/', '/', 90]]);
    // and both where it does not
    assert.deepEqual(shown([symbol('\\{', 0.4), reading('{', 0.5)]), [
      ['{', undefined, 50],
      ['{', '\\{', 40],
    ]);
  });

  it('has the look-alike that the user takes most', () => {
    const meant = { ...MEANT, usesOf: ({ command }: { command: string }) => (command === '\\Sigma' ? 1 : 0) };
    assert.deepEqual(shown([symbol('\\sum', 1)], meant), [['Σ', '\\Sigma', 100]]);
  });

  it('leaves out what the table does not know', () => {
    assert.deepEqual(shown([symbol('\\nothingLikeIt', 0.9), symbol('\\alpha', 0.1)]), [['α', '\\alpha', 10]]);
  });

  it('is what else is drawn alike, then the other readings, where something else is wanted', () => {
    const instead = insteadOf('∑', [symbol('\\alpha', 0.6), symbol('\\sum', 0.4)], TABLE, MEANT);
    assert.deepEqual(
      instead.map((each) => each.symbol),
      ['\\sum', '\\Sigma', '\\Upsigma', '\\alpha'],
    );
  });
});
