import { Command } from 'commander';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Random } from '../../src/base/random';
import { fits } from '../../src/engine/training/lines/lineLearner';
import { lineFeatures } from '../../src/ink/lines/features';
import { lineHeight } from '../../src/ink/lines/lineHeight';
import type { Path } from '../../src/ink/lines/path';
import { HANDS, varyLine } from '../../src/ink/lines/vary';
import { classesOf } from './alphabet';
import { Composer } from './compose';
import { loadHandwriting } from './handwriting';
import { excludedFile } from './pools';
import { LEARNED_PACKAGES, MEASURED_PACKAGES, readSources } from './sources';
import { Texts } from './texts';
import type { Written } from './written';

/** Height of a line in the whole numbers that its points are rounded to: a hundredth of it makes no difference. */
const HEIGHT = 50;
/** Longer lines would take most of the space. */
const MOST_POINTS = 900;

interface Options {
  data: string;
  work: string;
  out: string;
  train: number;
  test: number;
  seed: number;
}

interface Line {
  readonly id: string;
  readonly text: string;
  readonly writer: string;
  readonly paths: readonly Path[];
}

const options = new Command('replay:lines')
  .description('Makes the lines of other hands that a model of lines keeps in mind when it is personalized.')
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option('--work <folder>', 'where what was read of it is kept', path.join('out', 'lines'))
  .option('--out <folder>', 'where they are written', path.join('media', 'replay', 'lines'))
  .option('--train <number>', 'lines to learn from', Number, 240)
  .option('--test <number>', 'lines to measure on, of writers that no model learned from', Number, 150)
  .option('--seed <number>', 'of the choice', Number, 1)
  .parse()
  .opts<Options>();

async function main(): Promise<void> {
  const { words, lines, characters } = await loadHandwriting(options.data, options.work);
  const excluded = await readFile(excludedFile(options.work), 'utf8').catch(() => '');
  const without = new Set(excluded.split('\n'));
  await mkdir(options.out, { recursive: true });
  for (const part of ['train', 'test'] as const) {
    const of = part === 'train' ? 'train' : 'dev';
    const random = Random.of(options.seed, part === 'train' ? 1 : 2, 0);
    const usable = (all: readonly Written[]) => all.filter(({ id }) => !without.has(id)).map(lineOf);
    const packages = part === 'train' ? LEARNED_PACKAGES : MEASURED_PACKAGES;
    const code = composed(
      usableCharacters(characters[of]),
      await readSources('node_modules', packages),
      random,
    );
    const third = options[part] / 3;
    const chosen = [
      ...some(random.shuffled(usable(words[of])), third),
      ...some(random.shuffled(usable(lines[of])), third),
      ...some(code, third),
    ];
    await write(part, chosen);
  }
}

const usableCharacters = (all: readonly Written[]) => all.filter(({ text }) => classesOf(text) !== undefined);

function lineOf(written: Written): Line {
  return { id: written.id, text: written.text, writer: written.writer, paths: written.paths() };
}

/** Lines of code of single characters, without end. */
function* composed(
  characters: readonly Written[],
  sources: readonly string[],
  random: Random,
): Generator<Line> {
  const composer = new Composer(characters);
  const texts = new Texts(sources);
  for (let number = 1; ;) {
    const line = composer.line(texts.draw(random), random);
    if (!line) continue;
    const { paths } = varyLine(line.paths, HANDS, 100, random.next);
    const id = `code-${number++}`;
    yield { id, text: line.text, writer: id, paths };
  }
}

/** The first lines that a network can learn from and that are not too long. */
function some(lines: Iterable<Line>, count: number): Line[] {
  const found: Line[] = [];
  for (const line of lines) {
    const label = classesOf(line.text) ?? [];
    const { points } = lineFeatures(line.paths);
    if (label.length > 0 && points <= MOST_POINTS && fits(points, label)) found.push(line);
    if (found.length >= count) break;
  }
  return found;
}

async function write(part: string, lines: readonly Line[]): Promise<void> {
  const texts = lines.map(({ id, text, writer, paths }) => {
    const scale = HEIGHT / lineHeight(paths);
    return `${JSON.stringify({ id, label: text, writer, strokes: paths.map((each) => rounded(each, scale)) })}\n`;
  });
  const bytes = gzipSync(texts.join(''), { level: 9 });
  // the system that packs is no part of what is packed
  bytes[9] = 255;
  await writeFile(path.join(options.out, `${part}.jsonl.gz`), bytes);
  process.stderr.write(`${lines.length} lines to ${part}, ${bytes.length} bytes\n`);
}

/** The points of a stroke in whole numbers, without those that stand still. */
function rounded({ x, y }: Path, scale: number): [number, number][] {
  const points: [number, number][] = [];
  for (let at = 0; at < x.length; at++) {
    const point: [number, number] = [Math.round((x[at] ?? 0) * scale), Math.round((y[at] ?? 0) * scale)];
    const last = points.at(-1);
    if (last?.[0] !== point[0] || last[1] !== point[1]) points.push(point);
  }
  return points;
}

void main();
