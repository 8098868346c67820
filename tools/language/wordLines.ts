import { lineHash } from './lineHash';

/** How often words of SCOWL's levels are counted: the lower the level, the more common the word. */
const TIMES = new Map([
  ['10', 10],
  ['20', 5],
  ['35', 2],
]);

/** A list's words, a line each: common ones more often, some with a capital or in capitals. */
export function* wordLines(text: string, name: string): Iterable<string> {
  const level = /words-(\d+)\.json$/.exec(name)?.[1];
  const words = level === undefined ? text.split(/\r?\n/) : (JSON.parse(text) as string[]);
  const times = TIMES.get(level ?? '') ?? 1;
  for (const word of words) {
    if (!/^[A-Za-z][A-Za-z' .-]*$/.test(word)) continue;
    for (let i = 0; i < times; i++) yield word;
    const hash = lineHash(word) % 8;
    if (hash === 0) yield word.toUpperCase();
    else if (hash < 3) yield word.slice(0, 1).toUpperCase() + word.slice(1);
  }
}
