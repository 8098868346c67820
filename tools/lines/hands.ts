import { Command } from 'commander';
import path from 'node:path';
import { groupBy } from '../../src/base/groupBy';
import { Random } from '../../src/base/random';
import { percent } from '../../src/base/words';
import { inkDataset } from '../../src/datasets/formats/inkDataset';
import { PACE, type Pace } from '../../src/engine/personal/lines/learnLines';
import { loadLineReplay } from '../../src/engine/personal/lines/lineReplay';
import { personalizeLines } from '../../src/engine/personal/lines/personalizeLines';
import { loadLineModel, type LineModel } from '../../src/engine/recognition/lineModel';
import { ModelError } from '../../src/models/errors';
import { NATIVE, startBackend } from '../training/recipeOptions';
import { loadHandwriting } from './handwriting';
import { measure } from './measure';
import type { TestLine } from './tests';
import { inkOf, type Written } from './written';

interface Options {
  data: string;
  work: string;
  model: string;
  writers: number;
  most: number;
  seed: number;
  paces: string;
  native?: string;
}

const options = new Command('measure:hands')
  .description(
    'Personalizes the model of lines for writers that it never learned from, and reads the rest of their lines.',
  )
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option('--work <folder>', 'where what was read of it is kept', path.join('out', 'lines'))
  .option('--model <folder>', 'the model', path.join('media', 'models', 'lines'))
  .option('--writers <number>', 'how many', Number, 5)
  .option('--most <number>', 'words and lines of a writer, half of them learned from', Number, 80)
  .option('--seed <number>', 'of the choice of writers and lines, and of what is learned', Number, 1)
  .option(
    '--paces <list>',
    'steps and the highest learning rate of each, as 60x0.0006',
    `${String(PACE.steps)}x${String(PACE.learningRate)}`,
  )
  .option(...NATIVE)
  .parse()
  .opts<Options>();

/** What a writer wrote, in two halves. */
interface Hand {
  readonly writer: string;
  readonly learned: readonly Written[];
  readonly others: readonly Written[];
}

async function main(): Promise<void> {
  await startBackend(options.native);
  const base = await loadLineModel(options.model);
  const { words, lines } = await loadHandwriting(options.data, options.work);
  const paces = options.paces.split(',').map(paceOf);
  for (const hand of handsOf([...words.dev, ...lines.dev])) {
    console.log(`${hand.writer}: ${String(hand.learned.length)} learned, ${String(hand.others.length)} read`);
    console.log(`  as it ships: ${percent(await errorsOf(base, hand.others), 1)} of the characters wrong`);
    for (const pace of paces) await learn(base, hand, pace);
  }
  base.dispose();
}

function paceOf(text: string): Pace {
  const [steps = PACE.steps, learningRate = PACE.learningRate] = text.split('x').map(Number);
  return { ...PACE, steps, learningRate };
}

/** Writers with enough to learn from, chosen at random. */
function handsOf(written: readonly Written[]): Hand[] {
  const random = new Random(options.seed);
  const writers = [...groupBy(written, ({ writer }) => writer)].filter(
    ([, own]) => own.length >= options.most,
  );
  return random
    .shuffled(writers)
    .slice(0, options.writers)
    .map(([writer, own]) => {
      const some = random.shuffled(own).slice(0, options.most);
      const half = some.length >> 1;
      return { writer, learned: some.slice(0, half), others: some.slice(half) };
    });
}

async function learn(base: LineModel, { learned, others }: Hand, pace: Pace): Promise<void> {
  const { seed } = options;
  const person = inkDataset(
    'hand',
    learned.map((written) => ({ label: written.text, ink: inkOf(written) })),
  );
  const replay = await loadLineReplay(base.card, '', path.join('media', 'replay', 'lines'), seed);
  const about = `${String(pace.steps)} steps, ${String(pace.learningRate)}`;
  try {
    const { model, report } = await personalizeLines({ base, person, replay, seed, pace });
    const { original, mix, seconds } = report;
    console.log(
      `  ${about}: ${percent(await errorsOf(model, others), 1)}, of other hands ` +
        `${percent(original.before, 1)} before and ${percent(original.after, 1)} after; ` +
        `${String(mix)} of the new weights, ${seconds.toFixed(0)} s`,
    );
    model.dispose();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    console.log(`  ${about}: ${error.message}`);
  }
}

/** Share of characters that are read wrong by the ink alone, blanks left out. */
async function errorsOf(model: LineModel, written: readonly Written[]): Promise<number> {
  const lines: TestLine[] = written.map((each) => ({
    id: each.id,
    text: each.text,
    writer: each.writer,
    paths: each.paths(),
  }));
  const { scores } = await measure(model, { name: '', split: '', language: '', lines });
  return scores.cer.value;
}

void main();
