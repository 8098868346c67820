import { readFileSync } from 'node:fs';

/** Strokes by character, as [x, y] points. */
type Writing = Record<string, [number, number][][]>;

const writing = JSON.parse(readFileSync('test/fixtures/chars74k-writer.json', 'utf8')) as Writing;

/** A character as a person drew it whose writing no model was trained on. */
export function handwritten(character: string): [number, number][][] {
  const ink = writing[character];
  if (!ink) throw new Error(`test/fixtures/chars74k-writer.json has no ${character}.`);
  return ink;
}
