import assert from 'node:assert/strict';
import { openBrackets } from '../../../src/language/brackets';
import { beforeInLine, behindInLine, writtenLines } from '../../../src/language/writtenLines';

const closersOf = (text: string): string => String.fromCodePoint(...openBrackets(text));

describe('open brackets', () => {
  it('are those without a partner, the innermost last', () => {
    assert.equal(closersOf('foo(bar[0'), ')]');
    assert.equal(closersOf('foo(bar[0])'), '');
    assert.equal(closersOf('function f() {\n  if (x'), '})');
  });

  it('do nothing within quotes', () => {
    assert.equal(closersOf('print("a (b'), ')"');
    assert.equal(closersOf("print('(' + x"), ')');
  });

  it('know an apostrophe, and that quotes end with the line', () => {
    assert.equal(closersOf("// don't do (this"), ')');
    assert.equal(closersOf('say "hello\n(x'), ')');
  });
});

describe('lines as they are written', () => {
  it('have no indentation and one blank at a time', () => {
    assert.deepEqual(writtenLines('  a  =\t1\r\n\n\tb\n'), ['a = 1', 'b']);
  });

  it('before and behind the cursor are its own only', () => {
    assert.equal(beforeInLine('first\n    let  x = ', 80), 'let x = ');
    assert.equal(beforeInLine('abcdef', 3), 'def');
    assert.equal(behindInLine(')  {\nnext', 12), ') {');
    assert.equal(behindInLine('abcdef', 3), 'abc');
  });
});
