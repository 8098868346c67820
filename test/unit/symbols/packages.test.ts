import assert from 'node:assert/strict';
import {
  includes,
  isRoot,
  loadPackage,
  missingIn,
  namedRoot,
  type Requirements,
} from '../../../src/symbols/packages';

const REQUIREMENTS: Requirements = new Map([
  ['\\oiint', [{ name: 'esint' }]],
  ['\\iint', [{ name: 'amsmath' }, { name: 'esint' }]],
  ['\\mathbb', [{ name: 'amssymb' }]],
  ['\\texteuro', [{ name: 'textcomp' }]],
  ['\\leadsto', [{ name: 'latexsym' }]],
  ['\\dj', [{ name: 'fontenc', option: 'T1' }]],
]);

/** The commands of a document that lack their package. */
function missing(latex: string, root = latex): string[] {
  return missingIn(latex, root, REQUIREMENTS).map(({ command }) => command);
}

/** A document to which a package was added. */
function added(latex: string, name: string): string {
  const { offset, text } = loadPackage(latex, { name });
  return latex.slice(0, offset) + text + latex.slice(offset);
}

describe('the packages of a LaTeX document', () => {
  it('are missed by commands that it does not load', () => {
    assert.deepEqual(missing('\\documentclass{article}\n$\\oiint \\iint \\mathbb{R}$'), [
      '\\oiint',
      '\\iint',
      '\\mathbb',
    ]);
    assert.deepEqual(
      missing('\\documentclass{article}\n\\usepackage{ esint,amssymb}\n$\\oiint \\iint \\mathbb{R}$'),
      [],
    );
  });

  it('come with a class or a package that loads them', () => {
    assert.deepEqual(missing('\\documentclass[a4paper]{amsart}\n$\\iint \\leadsto$'), []);
    assert.deepEqual(missing('\\documentclass{article}\\usepackage[x]{mathtools}\n$\\iint$'), []);
  });

  it('are not missed by commands that LaTeX has itself, that need none, or that stand in comments', () => {
    assert.deepEqual(missing('\\documentclass{article}\n\\texteuro\\alpha\n% \\oiint\n\\oiintx'), []);
    assert.deepEqual(missing('\\documentclass{article}\n% \\usepackage{esint}\n\\oiint'), ['\\oiint']);
  });

  it('may be those of the document that the text is a part of', () => {
    assert.deepEqual(missing('\\oiint', '\\documentclass{book}\\usepackage{esint}'), []);
    assert.ok(isRoot('\\documentclass{book}'));
    assert.ok(!isRoot('% \\documentclass{book}\n\\chapter{One}'));
  });

  it('are loaded by the file that the text names or that has it as a part', () => {
    assert.equal(namedRoot('% !TeX root = ../main.tex\n\\chapter{One}'), '../main.tex');
    assert.equal(namedRoot('%!TEX root=main.tex'), 'main.tex');
    assert.equal(namedRoot('\\chapter{One}'), undefined);
    assert.ok(includes('\\include{parts/one}', 'parts/one.tex'));
    assert.ok(includes('\\input{./one.tex}', 'one.tex'));
    assert.ok(!includes('% \\input{one}', 'one.tex'));
    assert.ok(!includes('\\input{other/one}', 'one.tex'));
  });

  it('may be a font encoding', () => {
    assert.deepEqual(missing('\\documentclass{article}\\usepackage{fontenc}\n\\dj'), ['\\dj']);
    assert.deepEqual(missing('\\documentclass{article}\\usepackage[T1]{fontenc}\n\\dj'), []);
    assert.equal(loadPackage('', { name: 'fontenc', option: 'T1' }).text, '\\usepackage[T1]{fontenc}\n');
  });

  it('are loaded behind the last one of the preamble, or behind the class', () => {
    assert.equal(
      added('\\documentclass{article}\n\\usepackage{a} % x\n\\begin{document}\n\\usepackage{b}\n', 'esint'),
      '\\documentclass{article}\n\\usepackage{a} % x\n\\usepackage{esint}\n\\begin{document}\n\\usepackage{b}\n',
    );
    assert.equal(
      added('%!TeX\n\\documentclass[\n a4paper]{article}\r\n\nA', 'esint'),
      '%!TeX\n\\documentclass[\n a4paper]{article}\n\\usepackage{esint}\r\n\nA',
    );
    assert.equal(added('\\documentclass{article}', 'esint'), '\\documentclass{article}\n\\usepackage{esint}');
    assert.equal(added('$x$', 'esint'), '\\usepackage{esint}\n$x$');
  });
});
