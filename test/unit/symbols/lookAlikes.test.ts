import assert from 'node:assert/strict';
import { USUAL_FORMS } from '../../../src/symbols/forms';
import { likeliest, wordsOf } from '../../../src/symbols/lookAlikes';
import { requirementsOf } from '../../../src/symbols/requirements';
import type { LatexSymbol, SymbolClass } from '../../../src/symbols/symbolTable';

const SIGMA: LatexSymbol = {
  command: '\\Sigma',
  mode: 'math',
  text: 'Σ',
  name: 'GREEK CAPITAL LETTER SIGMA',
};
const SUM: LatexSymbol = { command: '\\sum', mode: 'math', text: '∑', name: 'N-ARY SUMMATION' };
const UPRIGHT: LatexSymbol = { command: '\\Upsigma', package: 'upgreek', mode: 'math', text: 'Σ' };
const ESH: LatexSymbol = { command: '\\textEsh', mode: 'text', text: 'Ʃ' };
const CLASS: SymbolClass = { id: '\\textEsh', symbols: [ESH, UPRIGHT, SUM, SIGMA] };

/** The commands of the class in the order in which they are likely. */
function commands(language: string, before: string, uses: Record<string, number> = {}): string[] {
  return likeliest(CLASS, {
    place: { language, before, after: '' },
    forms: USUAL_FORMS,
    usesOf: ({ command }) => uses[command] ?? 0,
  }).map(({ command }) => command);
}

describe('symbols that look alike', () => {
  it('come in the order of their class', () => {
    assert.deepEqual(commands('python', ''), ['\\textEsh', '\\Upsigma', '\\sum', '\\Sigma']);
  });

  it('come with those first that a formula takes and whose package is loaded', () => {
    assert.deepEqual(commands('latex', '$'), ['\\sum', '\\Sigma', '\\Upsigma', '\\textEsh']);
    assert.deepEqual(commands('markdown', '$'), ['\\sum', '\\Sigma', '\\Upsigma', '\\textEsh']);
    assert.deepEqual(commands('latex', '\\usepackage{upgreek}$').slice(0, 2), ['\\Upsigma', '\\sum']);
  });

  it('come with what was taken most first', () => {
    assert.deepEqual(commands('python', '', { '\\Sigma': 2, '\\sum': 1 }), [
      '\\Sigma',
      '\\sum',
      '\\textEsh',
      '\\Upsigma',
    ]);
    assert.equal(commands('latex', '$', { '\\textEsh': 2, '\\Sigma': 1 })[0], '\\Sigma');
  });

  it('are told by name, package, mode and each other', () => {
    assert.deepEqual(wordsOf(SUM, { ...CLASS, symbols: [SUM, UPRIGHT] }), {
      command: '\\sum',
      more: ['n-ary summation', 'LaTeX, in formulas', 'drawn alike: Σ \\Upsigma'],
    });
    assert.deepEqual(wordsOf(UPRIGHT, { ...CLASS, symbols: [UPRIGHT] }), {
      command: '\\Upsigma',
      from: 'upgreek',
      more: ['package upgreek, in formulas'],
    });
  });

  it('need one of the packages that have their command, and none where LaTeX has it', () => {
    const needs = requirementsOf([
      SUM,
      UPRIGHT,
      { ...UPRIGHT, package: 'other' },
      { ...SUM, package: 'amsmath' },
      { command: '\\mathbb{R}', package: 'amssymb', mode: 'math' },
      { command: '\\dj', encoding: 'T1', mode: 'text' },
      { command: "\\'e", package: 'x', mode: 'text' },
    ]);
    assert.deepEqual(
      [...needs],
      [
        ['\\Upsigma', [{ name: 'upgreek' }, { name: 'other' }]],
        ['\\mathbb', [{ name: 'amssymb' }]],
        ['\\dj', [{ name: 'fontenc', option: 'T1' }]],
      ],
    );
  });
});
