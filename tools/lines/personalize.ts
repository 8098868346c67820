import { Command } from 'commander';
import path from 'node:path';
import { Random } from '../../src/base/random';
import { percentWithin } from '../../src/base/words';
import { openDataset } from '../../src/datasets/open';
import type { Dataset } from '../../src/datasets/dataset';
import { inkDataset } from '../../src/datasets/formats/inkDataset';
import { evaluateLines, greedyReader } from '../../src/engine/evaluation/lines';
import { PACE, type Pace } from '../../src/engine/personal/lines/learnLines';
import { loadLineReplay } from '../../src/engine/personal/lines/lineReplay';
import { personalizeLines } from '../../src/engine/personal/lines/personalizeLines';
import { loadLineModel, type LineModel } from '../../src/engine/recognition/lineModel';
import type { Ink } from '../../src/ink/ink';
import { scoreLines, type ReadLine } from '../../src/metrics/lineScores';
import { ModelError } from '../../src/models/errors';
import { say, startBackend } from '../training/recipeOptions';

interface Options {
  data: string;
  model: string;
  writers: number;
  own: number[];
  apart: number;
  pace?: Pace[];
  seed: number;
  native?: string;
}

interface Written {
  readonly label: string;
  readonly ink: Ink;
}

const options = new Command('personalize:lines')
  .description(
    'Lets the model of lines learn hands that it never saw, and prints how it reads other lines of theirs and of others.',
  )
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option('--model <folder>', 'the model', path.join('media', 'models', 'lines'))
  .option('--writers <number>', 'hands, those with most lines', Number, 8)
  .option('--own <numbers>', 'lines of a hand that are kept, each number in turn', numbers, [16, 40])
  .option('--apart <number>', 'lines of a hand that are only measured on', Number, 40)
  .option('--pace <steps:batch:others[:rate]>', 'instead of what Scrawl has; may be given again', paces)
  .option('--seed <number>', 'of the choice of lines', Number, 1)
  .option(
    '--native <folder>',
    "compute with TensorFlow's library, built there by npm run test:native -- --folder",
  )
  .parse()
  .opts<Options>();

function numbers(text: string): number[] {
  return text.split(',').map(Number);
}

function paces(text: string, before: Pace[] = []): Pace[] {
  const [steps = 0, batch = 0, others = 0, learningRate = PACE.learningRate] = text.split(':').map(Number);
  return [...before, { steps, batch, others, learningRate }];
}

async function main(): Promise<void> {
  await startBackend(options.native);
  const base = await loadLineModel(options.model);
  const replay = await loadLineReplay(base.card, '', path.join('media', 'replay', 'lines'), 1);
  const hands = await devHands();
  const others = hands.slice(options.writers).flatMap((hand) => hand.slice(0, 4));
  const othersBefore = await read(base, others);
  console.log(`others, before: ${others.length} lines, CER ${cerOf(othersBefore)}`);
  for (const own of options.own) {
    for (const pace of options.pace ?? [PACE]) {
      const total: Record<'before' | 'after' | 'others', ReadLine[]> = { before: [], after: [], others: [] };
      let [seconds, refused] = [0, 0];
      for (const hand of hands.slice(0, options.writers)) {
        const apart = hand.slice(-options.apart);
        const before = await read(base, apart);
        const person = inkDataset('own', hand.slice(0, own));
        const used = process.cpuUsage();
        const made = await personalizeLines({ base, person, replay, pace }).catch((error: unknown) => {
          if (error instanceof ModelError) return undefined;
          throw error;
        });
        const { user, system } = process.cpuUsage(used);
        seconds += (user + system) / 1e6;
        if (!made) refused++;
        const model = made?.model ?? base;
        const after = { own: await read(model, apart), others: await read(model, others) };
        total.before.push(...before);
        total.after.push(...after.own);
        total.others.push(...after.others);
        made?.model.dispose();
        say(
          `${pace.steps} steps: own ${cerOf(before)} to ${cerOf(after.own)}, others ${cerOf(after.others)}, ` +
            `mix ${made?.report.mix ?? 0}, ${((user + system) / 1e6).toFixed(0)} s`,
        );
      }
      const { steps, batch, others: each, learningRate } = pace;
      console.log(
        `${own} lines, ${steps} steps of ${batch}, ${each} others each, rate ${learningRate}: ` +
          `own CER ${cerOf(total.before)} before, ${cerOf(total.after)} after; others ${cerOf(total.others)}; ` +
          `${(seconds / options.writers).toFixed(1)} s of processor time a hand` +
          (refused > 0 ? `; ${refused} of ${options.writers} hands no better` : ''),
      );
    }
  }
  base.dispose();
}

/** The words and lines of writers that no model learns from, those of the writer with most first. */
async function devHands(): Promise<Written[][]> {
  const hands = new Map<string, Written[]>();
  for (const name of ['lines', 'words']) {
    const file = path.join(options.data, 'ink', 'unipen', `${name}.jsonl.gz#dev`);
    for (const { writer, ...written } of await samplesOf(await openDataset(file))) {
      hands.set(writer, [...(hands.get(writer) ?? []), written]);
    }
  }
  const most = Math.max(...options.own) + options.apart;
  const random = new Random(options.seed);
  return [...hands.values()]
    .filter((hand) => hand.length >= most)
    .sort((a, b) => b.length - a.length)
    .map((hand) => random.shuffled(hand));
}

async function samplesOf(dataset: Dataset): Promise<(Written & { writer: string })[]> {
  const samples = await dataset.load('all');
  if (samples.kind !== 'ink') return [];
  return samples.inks.map((ink, at) => ({
    ink,
    label: dataset.classes[samples.labels[at] ?? 0] ?? '',
    writer: samples.writers[at] ?? '',
  }));
}

async function read(model: LineModel, lines: readonly Written[]): Promise<readonly ReadLine[]> {
  return (await evaluateLines(greedyReader(model), inkDataset('lines', lines), 'all')).read;
}

const cerOf = (lines: readonly ReadLine[]): string => percentWithin(scoreLines(lines).cer);

void main();
