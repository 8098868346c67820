import type { Random } from '../../base/random';
import { identifiersAround } from '../../language/identifiers';

/** What programs of many languages have in them, in every style of name, with signs that are hard to write. */
const CODE: readonly string[] = [
  'const',
  'return',
  'while',
  'import',
  'class',
  'public',
  'string',
  'false',
  'undefined',
  'lambda',
  'index',
  'length',
  'value',
  'result',
  'count',
  'buffer',
  'query',
  'width',
  'userName',
  'getValue',
  'isEmpty',
  'onClick',
  'maxLength',
  'toString',
  'parseInt',
  'HttpClient',
  'user_id',
  'file_name',
  'is_valid',
  'to_json',
  'MAX_SIZE',
  'LOG_LEVEL',
  '__init__',
  '$scope',
  'x1',
  'i2',
  'utf8',
  'sha256',
  'v10',
  '0x1F',
  '3.14',
  '1e-6',
  '100',
  '2048',
  'i++',
  'x += 1',
  'a !== b',
  'n <= 0',
  'x => x',
  'p->next',
  'a && b',
  '!done',
  'a % 2',
  'x * y',
  'foo()',
  'a[i]',
  'data[0]',
  'list.map',
  'this.x',
  'if (x)',
  'else {',
  '});',
  '"id"',
  "'ok'",
  '// TODO',
  '/* end */',
  '#include',
  '@param',
  'std::min',
  'x: int',
  'f(x, y)',
  '{ a: 1 }',
  '<div>',
  'a | b',
];

/** Names of these lengths are worth writing. */
const SHORTEST = 3;
const LONGEST = 16;

/**
 * Words and bits of code to practice: half of them names of a text, where it has so many.
 *
 * @param text of the open file; '' where there is none
 */
export function practiceWords(text: string, count: number, random: Random): string[] {
  const names = [...identifiersAround('', `\n${text}`).keys()].filter(
    ({ length }) => length >= SHORTEST && length <= LONGEST,
  );
  const ofText = random.shuffled(names).slice(0, Math.floor(count / 2));
  const others = CODE.filter((word) => !ofText.includes(word));
  const ofCode = random.shuffled(others).slice(0, count - ofText.length);
  return random.shuffled([...ofText, ...ofCode]);
}
