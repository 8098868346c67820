/**
 * Typst's names of characters, as its crate codex lists them in `src/modules/sym.txt`: a name in a line, its modifiers,
 * which begin with a dot, in the lines below, further in.
 *
 * @returns all names of each character, those that are to be used no more left out
 */
export function typstNames(text: string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  let base = '';
  let isDeprecated = false;
  for (const line of text.split('\n')) {
    const [, indent = '', head = '', value = ''] = /^(\s*)(\S+)\s*(.*?)\s*$/.exec(line) ?? [];
    if (head.startsWith('@')) isDeprecated = head.startsWith('@deprecated');
    if (head === '' || head.startsWith('@') || head.startsWith('//')) continue;
    if (indent === '') base = head;
    const name = indent === '' ? head : base + head;
    const character = unescaped(value);
    if (character !== '' && !isDeprecated) names.set(character, [...(names.get(character) ?? []), name]);
    isDeprecated = false;
  }
  return names;
}

function unescaped(value: string): string {
  return value
    .replace(/\\vs\{.*?\}/gu, '')
    .replace(/\\u\{([0-9A-Fa-f]+)\}/gu, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));
}
