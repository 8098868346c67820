// Makes media/characterNames.tsv: the characters that Pick Character finds by name, each with its name in Unicode and
// what programmers call it. `npm run name:characters`.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { unicodeName } from 'unicode-name';

/** First and last code point of the blocks whose characters people write in programs, formulas and prose. */
const BLOCKS: readonly (readonly [number, number])[] = [
  [0x21, 0x7e], // ASCII
  [0xa1, 0x24f], // Latin
  [0x370, 0x3ff], // Greek
  [0x400, 0x45f], // Cyrillic
  [0x2010, 0x2027], // punctuation
  [0x2030, 0x205e],
  [0x2070, 0x209f], // superscripts and subscripts
  [0x20a0, 0x20bf], // currencies
  [0x2100, 0x218b], // letterlike symbols, fractions
  [0x2190, 0x23ff], // arrows, operators, technical
  [0x2460, 0x2473], // digits in circles
  [0x2500, 0x27bf], // boxes, shapes, symbols
  [0x27c0, 0x27ff], // more operators and arrows
  [0x2900, 0x297f],
  [0x2a00, 0x2aff],
];

/** What programmers call characters whose names in Unicode nobody uses. */
const CALLED: Readonly<Record<string, string>> = {
  '!': 'bang',
  '"': 'double quote',
  '#': 'hash',
  '&': 'and',
  "'": 'single quote',
  '(': 'paren',
  ')': 'paren',
  '*': 'star times',
  '+': 'plus',
  '-': 'minus dash',
  '.': 'dot period',
  '/': 'slash',
  '@': 'at',
  '[': 'square bracket',
  '\\': 'backslash',
  ']': 'square bracket',
  '^': 'caret',
  _: 'underscore',
  '`': 'backtick',
  '{': 'brace',
  '|': 'pipe bar or',
  '}': 'brace',
  '~': 'not',
  '→': 'right arrow',
  '←': 'left arrow',
  '↑': 'up arrow',
  '↓': 'down arrow',
  '⇒': 'implies',
  '≤': 'less equal',
  '≥': 'greater equal',
  '≠': 'not equal',
  '∑': 'sum',
  '∏': 'product',
  '√': 'root',
  '°': 'degrees',
};

function* rows(): Generator<string> {
  for (const [first, last] of BLOCKS) {
    for (let point = first; point <= last; point++) {
      const character = String.fromCodePoint(point);
      const name = unicodeName(character);
      if (name === undefined || !/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) continue;
      // Unicode spells it so, and nobody else does
      const spelled = name.toLowerCase().replaceAll('lamda', 'lambda');
      yield [character, spelled, CALLED[character] ?? ''].join('\t').trimEnd();
    }
  }
}

const file = path.join(process.cwd(), 'media', 'characterNames.tsv');
const lines = [...rows()];
writeFileSync(file, `${lines.join('\n')}\n`);
console.log(`${String(lines.length)} characters in ${file}`);
