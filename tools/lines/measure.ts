import { greedyClasses } from '../../src/engine/recognition/greedy';
import type { LineModel } from '../../src/engine/recognition/lineModel';
import { LineDecoder } from '../../src/engine/recognition/lines/lineDecoder';
import { readRow, type RowFrames } from '../../src/engine/recognition/lines/rowFrames';
import { lineFeatures } from '../../src/ink/lines/features';
import { likelyText, type CharacterModels } from '../../src/language/likelyText';
import { scoreLines, type LineScores, type ReadLine } from '../../src/metrics/lineScores';
import { textOf } from './alphabet';
import { inkOf, type LineTest, type TestLine } from './tests';

/** A line of a test with its answer. */
export interface MeasuredLine extends ReadLine {
  readonly id: string;
}

/** Lines evenly spread over a test, so many at most. */
export function someOf({ lines }: LineTest, most: number): TestLine[] {
  const every = Math.max(1, lines.length / most);
  const count = Math.min(lines.length, most);
  return Array.from({ length: count }, (_, at) => lines[Math.floor(at * every)] as TestLine);
}

/**
 * Reads the lines of a test without language.
 *
 * @param most lines that are read, evenly spread over the test
 */
export async function measure(
  model: LineModel,
  test: LineTest,
  most = Infinity,
): Promise<{ scores: LineScores; read: MeasuredLine[] }> {
  const read: MeasuredLine[] = [];
  for (const line of someOf(test, most)) {
    const reading = await model.read(lineFeatures(line.paths, { guide: line.guide }));
    read.push({ id: line.id, text: line.text, answer: textOf(greedyClasses(reading)) });
  }
  return { scores: scoreLines(read), read };
}

/** How lines are read: by the ink alone, with the language, and with a lexicon besides where the test has one. */
export type Decoding = 'greedy' | 'decoded' | 'with lexicon';

/** Reads the lines of a test in each way that it can be read. */
export async function measureDecoded(
  model: LineModel,
  test: LineTest,
  models: CharacterModels,
  most = Infinity,
): Promise<Map<Decoding, MeasuredLine[]>> {
  const decoder = new LineDecoder();
  const read = new Map<Decoding, MeasuredLine[]>();
  for (const line of someOf(test, most)) {
    const row = await readRow(model, inkOf(line), line.guide);
    for (const [decoding, answer] of answersOf(row, line, test.language, models, decoder)) {
      const lines = read.get(decoding) ?? [];
      lines.push({ id: line.id, text: line.text, answer });
      read.set(decoding, lines);
    }
  }
  return read;
}

function answersOf(
  { frames }: RowFrames,
  { lexicon }: TestLine,
  language: string,
  models: CharacterModels,
  decoder: LineDecoder,
): [Decoding, string][] {
  const around = { language, before: '', after: '' };
  const candidates = decoder.decode(frames, likelyText(around, models));
  const answers: [Decoding, string][] = [
    ['greedy', candidates.find(({ isPlain }) => isPlain)?.text ?? ''],
    ['decoded', candidates[0]?.text ?? ''],
  ];
  if (!lexicon) return answers;
  const given = new Map(lexicon.map((word) => [word, 1]));
  const known = decoder.decode(frames, likelyText({ ...around, given }, models));
  return [...answers, ['with lexicon', known[0]?.text ?? '']];
}
