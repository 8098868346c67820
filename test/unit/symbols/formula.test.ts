import assert from 'node:assert/strict';
import { isInLatexFormula, isInMarkdownFormula } from '../../../src/symbols/formula';

/** Whether the place of `|` in a text is in a formula. */
function at(text: string, isIn: (before: string, after: string) => boolean): boolean {
  const [before = '', after = ''] = text.split('|');
  return isIn(before, after);
}

describe('the formulas of LaTeX', () => {
  const inside = [
    'Let $x = |$ be',
    'Let $|',
    String.raw`\( x | \)`,
    String.raw`\[ \frac{a}{| `,
    '$$ a $$ and $$ b |',
    String.raw`\begin{document}` + '\n' + String.raw`\begin{align*} a &= |`,
    String.raw`$a \text{ if $b$ } |$`,
    String.raw`$a \text{ if $|`,
    '100\\% of $x|$',
    '% a $ in a comment\n$|$',
  ];
  const outside = [
    '',
    'Let $x$ be |',
    String.raw`\( x \) |`,
    String.raw`costs \$5 |`,
    String.raw`\begin{align} a \end{align} |`,
    String.raw`$a \text{ if | }$`,
    String.raw`\begin{tabular}{c} | `,
    'Let $x be\n\nforgotten |',
    '% $ |',
    String.raw`\textbf{a} | `,
  ];
  for (const text of inside) {
    it(`are where ${JSON.stringify(text)} has its cursor`, () => assert.ok(at(text, isInLatexFormula)));
  }
  for (const text of outside) {
    it(`are not where ${JSON.stringify(text)} has it`, () => assert.ok(!at(text, isInLatexFormula)));
  }
});

describe('the formulas of Markdown', () => {
  const inside = [
    'Let $|$ be',
    'Let $x = |$ be',
    '$$\nx = |\n$$',
    String.raw`so \(x|\)`,
    String.raw`so \[x|`,
    '```math\nx = |\n```',
    '`a$b` and $x|$',
    '```sh\necho $HOME\n```\nso $x + |',
    '$2 + |$',
  ];
  const outside = [
    '',
    'Let $x$ be |',
    'It costs $5 | in all.',
    'It costs $5 | in all.\n\nThen $x$.',
    'echo `$HOME |',
    '`$x` |',
    '```sh\necho $HOME |\n```',
    '```math\nx\n```\n|',
    'a $ sign | here',
  ];
  for (const text of inside) {
    it(`are where ${JSON.stringify(text)} has its cursor`, () => assert.ok(at(text, isInMarkdownFormula)));
  }
  for (const text of outside) {
    it(`are not where ${JSON.stringify(text)} has it`, () => assert.ok(!at(text, isInMarkdownFormula)));
  }
});
