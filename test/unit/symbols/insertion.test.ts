import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type FormTable, USUAL_FORMS } from '../../../src/symbols/forms';
import { behindSymbol, insertionOf } from '../../../src/symbols/insertion';
import { parseSpellings } from '../../../src/symbols/spellings';
import { SymbolTable } from '../../../src/symbols/symbolTable';

const shipped = (name: string) => readFileSync(path.resolve('media', name), 'utf8');
const table = SymbolTable.parse(shipped('symbols.json'));
const spellings = parseSpellings(shipped('symbolSpellings.tsv'));

/** What a command of the table is inserted as at the `|` of a text. */
function inserted(command: string, language: string, text = '|', forms: FormTable = USUAL_FORMS): string {
  const symbol = table.of(command)?.symbols.find((each) => each.command === command);
  assert.ok(symbol, command);
  const [before = '', after = ''] = text.split('|');
  return insertionOf(symbol, { language, before, after }, { forms, spellings });
}

describe('a symbol that is inserted', () => {
  it('is its command in LaTeX', () => {
    assert.equal(inserted('\\alpha', 'latex'), '\\alpha');
    assert.equal(inserted('\\mathbb{R}', 'tex', '$|$'), '\\mathbb{R}');
  });

  it('is its command in formulas of Markdown, and the character between them', () => {
    assert.equal(inserted('\\alpha', 'markdown', 'Let $|$ be'), '\\alpha');
    assert.equal(inserted('\\alpha', 'markdown', '$$\n|\n$$'), '\\alpha');
    assert.equal(inserted('\\alpha', 'markdown', 'so \\(|\\)'), '\\alpha');
    assert.equal(inserted('\\alpha', 'markdown', 'Let $x$ be |'), 'α');
  });

  it('is its name in Typst, and the character where it has none', () => {
    assert.equal(inserted('\\alpha', 'typst'), 'alpha');
    assert.equal(inserted('\\rightarrow', 'typst'), 'arrow.r');
    assert.equal(inserted('\\ss', 'typst'), 'ß');
  });

  it('is the character in other languages, or its command where it has none', () => {
    for (const language of ['python', 'html', 'julia', 'lean4', 'plaintext']) {
      assert.equal(inserted('\\alpha', language), 'α');
    }
    assert.equal(inserted('\\ataribox', 'python'), '\\ataribox');
  });

  it('is an entity where the user wants that, by its number where it has no name', () => {
    const forms: FormTable = { html: 'entity' };
    assert.equal(inserted('\\alpha', 'html', '|', forms), '&alpha;');
    assert.equal(inserted('\\rightarrow', 'html', '|', forms), '&rarr;');
    assert.equal(inserted('\\textesh', 'html', '|', forms), '&#x283;');
  });

  it('is what Tab completes in Julia and Lean where the user wants that', () => {
    const forms: FormTable = { julia: 'abbreviation', lean4: 'abbreviation' };
    assert.equal(inserted('\\alpha', 'julia', '|', forms), '\\alpha');
    assert.equal(inserted('\\rightarrow', 'lean4', '|', forms), '\\to');
    assert.equal(inserted('\\Mundus', 'julia', '|', forms), '\\Mundus');
    assert.equal(inserted('\\texteuro', 'julia', '|', forms), '€');
  });

  it('does not run into the letters that it stands between', () => {
    assert.equal(inserted('\\alpha', 'latex', '$x|y$'), '\\alpha ');
    assert.equal(inserted('\\alpha', 'latex', '$x|_2$'), '\\alpha');
    assert.equal(inserted('\\alpha', 'typst', '$x|y$'), ' alpha ');
    assert.equal(inserted('\\alpha', 'typst', '$x |^2$'), 'alpha');
  });

  it('is kept apart from the text that is inserted behind it', () => {
    const alpha = table.of('\\alpha')?.symbols[0];
    assert.ok(alpha);
    const behind = (text: string, language: string, before: string) =>
      behindSymbol(text, alpha, { language, before, after: '' }, { forms: USUAL_FORMS, spellings });
    assert.equal(behind('x', 'latex', '$\\alpha'), ' x');
    assert.equal(behind('+', 'latex', '$\\alpha'), '+');
    assert.equal(behind('x', 'typst', '$alpha'), ' x');
    assert.equal(behind('x', 'python', 'α'), 'x');
    // the cursor is elsewhere by then
    assert.equal(behind('x', 'latex', '$\\alpha_'), 'x');
  });

  it('is a letter as it is in text of LaTeX, and its command in formulas', () => {
    assert.equal(inserted("\\'e", 'latex', 'caf|'), 'é');
    assert.equal(inserted('\\alpha', 'latex', 'caf|'), '\\alpha');
  });
});
