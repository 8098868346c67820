import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { classesOf } from './alphabet';
import { Composer } from './compose';
import type { Pools } from './draw';
import { loadHandwriting } from './handwriting';
import { LEARNED_PACKAGES, readSources } from './sources';
import { Texts } from './texts';
import type { Written } from './written';

const SYMBOL = /[()[\]{}<>=+\-*/%&|^~!]/g;

/** Whether a text is rich in symbols: two or more of brackets, braces, comparison, arithmetic and the like. */
export const isSymbolRich = (text: string): boolean => (text.match(SYMBOL) ?? []).length >= 2;

/** Where the identifiers of samples are that are left out, one a line. */
export const excludedFile = (work: string): string => path.join(work, 'excluded.txt');

/**
 * Reads all that the model learns from.
 *
 * @param data the folder with `ink`
 * @param work where what was read is kept, and the identifiers of samples whose label is wrong
 */
export async function loadPools(data: string, work: string): Promise<Pools> {
  const without = new Set((await readFile(excludedFile(work), 'utf8').catch(() => '')).split('\n'));
  const usable = (samples: readonly Written[]) =>
    samples.filter(({ id, text }) => !without.has(id) && classesOf(text) !== undefined);
  const handwriting = await loadHandwriting(data, work);
  const words = usable(handwriting.words.train);
  const lines = usable(handwriting.lines.train);
  const expressions = usable(handwriting.expressions.train);
  const sources = await readSources('node_modules', LEARNED_PACKAGES);
  return {
    words,
    lines,
    symbolLines: lines.filter(({ text }) => isSymbolRich(text)),
    expressions,
    composer: new Composer(usable(handwriting.characters.train)),
    texts: new Texts(sources),
  };
}
