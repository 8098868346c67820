import path from 'node:path';
import { textOf as characterOf } from '../../src/datasets/formats/crohme';
import { openFiles } from '../../src/datasets/files';
import { writerShare } from '../../src/datasets/import/writerShare';
import { InkError } from '../../src/ink/errors';
import { readInkml, type InkDocument } from '../../src/ink/inkml';
import type { Ink } from '../../src/ink/ink';
import { Written, type Parts } from './written';

/** What stacks symbols or sets them high or low, so that an expression is no line of text. */
const STRUCTURE = /[\^_]|\\(frac|sqrt|sum|int|lim|prod|over|under|begin|overline|hat|vec|dot|bar|stack|atop)/;
/** A typical tall stroke of the packed ink, as in UNIPEN's files. */
const TALL = 100;
/** Every fifth writer is held out. */
const isHeldOut = writerShare('writers5/5');

/** Reads CROHME's expressions that are one line of ASCII, and sets some of the writers aside. */
export async function readCrohme(data: string): Promise<Parts> {
  const files = await openFiles(path.join(data, 'ink', 'crohme-2013-train-part.zip'));
  const parts: Parts = { train: [], dev: [] };
  try {
    for (const name of files.names.filter((each) => each.endsWith('.inkml')).sort()) {
      const document = documentOf((await files.read(name)).toString('utf8'));
      const written = document && expression(name, document);
      if (written) parts[isHeldOut(written.writer) ? 'dev' : 'train'].push(written);
    }
  } finally {
    files.close();
  }
  return parts;
}

/** Reads what may be one line of text; the whole expression's truth stands first. Some of the files are cut off. */
function documentOf(text: string): InkDocument | undefined {
  const [, truth = ''] = /<annotation type="truth">([^<]*)</.exec(text) ?? [];
  if (STRUCTURE.test(truth)) return undefined;
  try {
    return readInkml(text);
  } catch (error) {
    if (error instanceof InkError) return undefined;
    throw error;
  }
}

function expression(name: string, document: InkDocument): Written | undefined {
  if (document.truth === undefined || STRUCTURE.test(document.truth)) return undefined;
  const symbols = document.groups.map(({ label, ink }) => ({ text: characterOf(label), left: leftOf(ink) }));
  symbols.sort((a, b) => a.left - b.left);
  const text = symbols.map((symbol) => symbol.text).join('');
  const strokes = document.groups.reduce((sum, { ink }) => sum + ink.length, 0);
  // ink that belongs to no symbol is of something that the text lacks
  if (!/^[!-~]+$/.test(text) || strokes !== document.strokes.length) return undefined;
  const source = name.split('/')[0] ?? '';
  const writer = `${source}/${document.writer ?? 'unknown'}`;
  return Written.of(name, text, writer, scaled(document.strokes));
}

const leftOf = (ink: Ink): number => ink.flat().reduce((left, [x]) => Math.min(left, x), Infinity);

function scaled(ink: Ink): Ink {
  const heights = ink.map((stroke) => {
    const ys = stroke.map(([, y]) => y);
    return Math.max(...ys) - Math.min(...ys);
  });
  const tall = heights.sort((a, b) => a - b)[Math.floor(0.8 * heights.length)] ?? 0;
  const factor = TALL / Math.max(tall, 1e-6);
  const left = leftOf(ink);
  const top = ink.flat().reduce((least, [, y]) => Math.min(least, y), Infinity);
  const whole = (value: number) => Math.max(-32_000, Math.min(32_000, Math.round(value * factor)));
  return ink.map((stroke) => stroke.map(([x, y]) => [whole(x - left), whole(y - top)] as const));
}
