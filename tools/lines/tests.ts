import { Random } from '../../src/base/random';
import type { Ink } from '../../src/ink/ink';
import type { Guide } from '../../src/ink/lines/guide';
import { identifiersAround } from '../../src/language/identifiers';
import { HANDS, varyLine } from '../../src/ink/lines/vary';
import type { Path } from '../../src/ink/lines/path';
import { classesOf } from './alphabet';
import { Composer } from './compose';
import { loadHandwriting } from './handwriting';
import { isSymbolRich } from './pools';
import { MEASURED_PACKAGES, readSources } from './sources';
import { Texts } from './texts';
import type { Written } from './written';

/** Lines of one kind that no model learns from. */
export interface LineTest {
  readonly name: string;
  readonly split: string;
  /** VS Code's id of the texts' language. */
  readonly language: string;
  readonly lines: readonly TestLine[];
}
export interface TestLine {
  readonly id: string;
  readonly text: string;
  readonly writer: string;
  /** Words that the text may hold, its own among many others. */
  readonly lexicon?: readonly string[] | undefined;
  readonly paths: readonly Path[];
  readonly guide?: Guide | undefined;
}

export const COMPOSED_LINES = 500;
/** Of the lines that are composed: other ones than any that is learned from. */
export const COMPOSED_SEED = 20_261_128;

/** In a lexicon, besides the identifiers of the line. */
const OTHER_WORDS = 1_000;

/** Reads and composes all that the model is measured on, from writers that it never saw. */
export async function loadTests(data: string, work: string): Promise<LineTest[]> {
  const handwriting = await loadHandwriting(data, work);
  const words = usable(handwriting.words.dev);
  const lines = usable(handwriting.lines.dev);
  const expressions = usable(handwriting.expressions.dev);
  return [
    { name: 'UNIPEN words', split: 'dev writers', language: 'plaintext', lines: words },
    { name: 'UNIPEN lines', split: 'dev writers', language: 'plaintext', lines },
    {
      name: 'UNIPEN lines rich in symbols',
      split: 'dev writers',
      language: 'plaintext',
      lines: lines.filter(({ text }) => isSymbolRich(text)),
    },
    {
      name: 'composed code',
      split: 'dev writers',
      language: 'typescript',
      lines: await composeCode(handwriting.characters.dev, COMPOSED_LINES, COMPOSED_SEED),
    },
    { name: 'CROHME one-line expressions', split: 'held-out writers', language: '', lines: expressions },
  ];
}

function usable(samples: readonly Written[]): TestLine[] {
  return samples
    .filter(({ text }) => (classesOf(text)?.length ?? 0) > 0)
    .map((sample) => ({ id: sample.id, text: sample.text, writer: sample.writer, paths: sample.paths() }));
}

/** The strokes of a line as ink. */
export function inkOf({ paths }: TestLine): Ink {
  return paths.map(({ x, y }) => Array.from(x, (value, i) => [value, y[i] ?? 0] as const));
}

/** Lines of code composed of characters; the same ones for the same seed. */
export async function composeCode(
  characters: readonly Written[],
  count: number,
  seed: number,
): Promise<TestLine[]> {
  const composer = new Composer(characters);
  const sources = await readSources('node_modules', MEASURED_PACKAGES);
  const texts = new Texts(sources);
  const names = [...new Set(sources.flatMap(namesIn))];
  const random = new Random(seed);
  const lines: TestLine[] = [];
  while (lines.length < count) {
    const composed = composer.line(texts.draw(random), random);
    if (!composed) continue;
    const { paths } = varyLine(composed.paths, HANDS, 100, random.next);
    const id = `code-${String(lines.length + 1)}`;
    lines.push({
      id,
      writer: id,
      text: composed.text,
      paths,
      lexicon: lexiconOf(composed.text, names, seed),
    });
  }
  return lines;
}

/** A text's identifiers among others; the same ones for the same text, names and seed. */
function lexiconOf(text: string, names: readonly string[], seed: number): string[] {
  const random = Random.of(seed, text.length, text.charCodeAt(0));
  const others = Array.from({ length: OTHER_WORDS }, () => names[random.integer(names.length)] ?? '');
  return [...new Set([...namesIn(text), ...others])];
}

const namesIn = (text: string): string[] => [...identifiersAround('', ` ${text}`).keys()];
