/** Where a value stands in a text: from its first character to behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gy;
const SPACE = /\s*/y;

/** The spans of an object's values by name, or of a list's by place. */
export interface Spans {
  readonly span: Span;
  readonly values: ReadonlyMap<string, Span>;
}

/**
 * Where the values of an object or list stand in a JSON text, one level deep.
 *
 * @param text text that JSON.parse takes
 * @param start of the object or list; the text's own value where it is not given
 */
export function spansOf(text: string, start = 0): Spans {
  const values = new Map<string, Span>();
  const tokens = tokensOf(text, start);
  let depth = 0;
  let name: string | undefined;
  let from: number | undefined;
  let previous = start;
  for (const { token, at } of tokens) {
    const closes = token === '}' || token === ']';
    if (depth === 1 && (token === ',' || closes)) {
      // of two values with one name the last counts, as for JSON.parse
      if (from !== undefined) values.set(name ?? String(values.size), { start: from, end: previous });
      name = from = undefined;
    } else if (depth === 1 && token === ':') {
      name = JSON.parse(text.slice(from, previous)) as string;
      from = undefined;
    } else if (depth === 1) {
      from ??= at;
    }
    previous = at + token.length;
    if (token === '{' || token === '[') depth += 1;
    if (closes && --depth === 0) break;
  }
  return { span: { start: firstToken(text, start), end: previous }, values };
}

function* tokensOf(text: string, start: number): Generator<{ token: string; at: number }> {
  let at = firstToken(text, start);
  for (;;) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return;
    yield { token, at };
    at = firstToken(text, at + token.length);
  }
}

function firstToken(text: string, at: number): number {
  SPACE.lastIndex = at;
  return at + (SPACE.exec(text)?.[0].length ?? 0);
}
