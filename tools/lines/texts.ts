import type { Random } from '../../src/base/random';
import { oneOf } from './transform';

/** Characters of a composed line at most, blanks left out. */
const LONGEST = 30;

/** Statements of languages that npm packages hold little of; `N` is an identifier, `n` a number, `T` a type, `S` a text. */
const STATEMENTS = [
  'int N = n;',
  'for (int N = 0; N < n; N++)',
  'if (N == NULL) return -n;',
  'char *N = malloc(n);',
  '#include <N.h>',
  '#define N n',
  'printf("%d\\n", N);',
  'N->N = &N[n];',
  'struct N *N;',
  "while (*N++ != '\\0')",
  'N = N ? N : n;',
  'unsigned long N = 0xn;',
  'switch (N) {',
  'case N: break;',
  'sizeof(N)',
  'std::vector<T> N;',
  'std::cout << N << "\\n";',
  'auto N = N.begin();',
  'template <typename T>',
  'const T& N() const;',
  'def N(N, N=n):',
  'for N in range(n):',
  'if N is not None:',
  'return [N for N in N if N > n]',
  'self.N = N',
  'import N as N',
  'from N import N',
  'print(f"{N}: {N}")',
  'N = {S: n, S: N}',
  'lambda N: N ** 2 + n',
  'with open(N) as N:',
  'raise ValueError(S)',
  'assert N != N, S',
  '@N(n)',
  'public static void N(String[] N) {',
  'private final T N = new T();',
  'System.out.println(N);',
  'List<T> N = new ArrayList<>();',
  'func N(N int) (T, error) {',
  'if N != nil { return N }',
  'N := N[n:]',
  'go N(N)',
  'let mut N: Vec<T> = vec![];',
  'fn N(N: &str) -> T {',
  'match N { Some(N) => N, None => n }',
  'impl N for T {',
  'N.iter().map(|N| N + n)',
  'println!("{}", N);',
  'SELECT N, N FROM N WHERE N = n;',
  'ORDER BY N DESC LIMIT n',
  'INSERT INTO N VALUES (n, S);',
  'echo "$N" | grep -n N',
  'for N in *.txt; do',
  'cd ~/N && ls -la',
  'export N=/usr/N/bin:$N',
  'if [ $? -ne 0 ]; then',
  'git commit -m S',
  'npm run N -- --N=n',
  'N=$((N + n))',
  'chmod +x ./N.sh',
  '<N class=S id=S>',
  '</N>',
  '<a href="#N">N</a>',
  '.N { color: #nnn; }',
  'margin: npx n%;',
  '@media (max-width: npx)',
  'const N = async (N) => {',
  'await N.N(N, { N });',
  'export const N: T = n;',
  'function N(N: T): T[] {',
  'interface N { N?: T; }',
  'type N = T | N;',
  'import { N, N } from S;',
  'N.map((N) => N.N)',
  'if (N === n || !N) return;',
  'throw new Error(S);',
  'const { N, ...N } = N;',
  '`${N}/${N}`',
  'N[N] += n * (N - n);',
  'x = (y + n) / n;',
  'N && N.N()',
  'N >= n && N <= n',
  'a = b % c',
  '!(N & n) || N ^ n',
  'N <<= n; N >>= n;',
  '{S: [n, n], S: true}',
  '// TODO: N',
  '/* N N */',
  '# N N',
  '-- N',
  'N@N.com',
  'https://N.org/N?N=n&N=n',
  'n + n = n',
  'n * (n - n) / n',
  '(n, n, n)',
  '[n][n]',
  '$n.nn',
  'n:nn',
  'n/n/nnnn',
  '#n',
  'n%',
  'E = mc^2',
];

const TYPES = [
  'int',
  'string',
  'String',
  'number',
  'boolean',
  'bool',
  'float',
  'double',
  'T',
  'void',
  'i32',
  'u8',
  'Integer',
  'Map',
  'any',
  'char',
];

/** Makes the texts that are composed: pieces of real sources, statements and identifiers. */
export class Texts {
  private readonly words: string[];

  /** @param lines of sources */
  constructor(private readonly lines: readonly string[]) {
    const words = new Set<string>();
    for (const line of lines) {
      for (const [word] of line.matchAll(/[A-Z]?[a-z]{2,9}/g)) words.add(word.toLowerCase());
    }
    this.words = [...words].sort();
  }

  /** A text of at most 30 characters; it may be of one only. */
  draw(random: Random): string {
    for (;;) {
      const text = this.any(random).trim();
      const length = text.replaceAll(' ', '').length;
      if (length > 0 && length <= LONGEST) return text;
    }
  }

  private any(random: Random): string {
    const kind = random.next();
    if (kind < 0.5) return this.piece(random);
    if (kind < 0.74) return this.statement(random);
    if (kind < 0.86) return this.identifier(random);
    if (kind < 0.91) return number(random);
    if (kind < 0.96) return this.prose(random);
    return symbols(random);
  }

  /** One to nine tokens of a line of a source. */
  private piece(random: Random): string {
    const tokens = oneOf(random, this.lines).match(/\w+|\s+|[^\w\s]/g) ?? [];
    const count = 1 + random.integer(9);
    const from = random.integer(Math.max(1, tokens.length - count + 1));
    return tokens.slice(from, from + count).join('');
  }

  private statement(random: Random): string {
    const filled = oneOf(random, STATEMENTS).replace(/\b(?:N|T|S)\b|n+(?![a-z])/g, (slot) => {
      if (slot === 'N') return this.identifier(random);
      if (slot === 'T') return oneOf(random, TYPES);
      if (slot === 'S') return this.quoted(random);
      return slot.length > 1 ? digits(random, slot.length) : number(random);
    });
    if (filled.replaceAll(' ', '').length <= LONGEST) return filled;
    const from = random.integer(filled.length - LONGEST + 1);
    return filled.slice(from, from + LONGEST);
  }

  private quoted(random: Random): string {
    const quote = oneOf(random, ['"', "'", '"', '`']);
    return `${quote}${this.word(random)}${random.next() < 0.3 ? ` ${this.word(random)}` : ''}${quote}`;
  }

  private word(random: Random): string {
    return oneOf(random, this.words);
  }

  private identifier(random: Random): string {
    const words = Array.from({ length: 1 + random.integer(3) }, () => this.word(random));
    const style = random.next();
    const number = random.next() < 0.12 ? String(random.integer(100)) : '';
    if (style < 0.15) return oneOf(random, [...'abcdefghijklmnopqrstuvwxyzNTKV']) + number;
    if (style < 0.35) return (words[0] ?? '') + number;
    if (style < 0.65) return words.map((word, index) => (index > 0 ? capital(word) : word)).join('') + number;
    if (style < 0.78) return words.map(capital).join('') + number;
    if (style < 0.91) return words.join('_') + number;
    return words.join('_').toUpperCase() + number;
  }

  private prose(random: Random): string {
    const words = Array.from({ length: 1 + random.integer(4) }, () => this.word(random));
    if (random.next() < 0.5) words[0] = capital(words[0] ?? '');
    return words.join(' ') + oneOf(random, ['', '', '.', ',', '!', '?', ':', ';']);
  }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => String(random.integer(10))).join('');
}

function number(random: Random): string {
  const kind = random.next();
  if (kind < 0.5) return String(random.integer(10 ** (1 + random.integer(4))));
  if (kind < 0.7) return `${String(random.integer(100))}.${digits(random, 1 + random.integer(3))}`;
  if (kind < 0.8) return `0x${random.integer(65_536).toString(16)}`;
  if (kind < 0.9) return `-${String(random.integer(100))}`;
  return `${String(1 + random.integer(9))}e-${String(random.integer(10))}`;
}

/** A few characters of any kind, so that the rare ones are seen too. */
function symbols(random: Random): string {
  return Array.from({ length: 1 + random.integer(6) }, () =>
    String.fromCharCode(33 + random.integer(94)),
  ).join('');
}
