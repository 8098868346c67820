import { Command } from 'commander';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import v8 from 'node:v8';
import writeFileAtomic from 'write-file-atomic';
import { Random } from '../../src/base/random';
import { saveModel } from '../../src/engine/models/layersModel';
import { LineModel, loadLineModel } from '../../src/engine/recognition/lineModel';
import { buildLineModel } from '../../src/engine/training/lines/buildLineModel';
import type { LineTrainerState } from '../../src/engine/training/lines/lineLearner';
import { LineTrainer } from '../../src/engine/training/lines/lineTrainer';
import type { LineCard } from '../../src/models/lineCard';
import { SCRAWL_LINE } from '../../src/networks/scrawlLine';
import { CHARACTERS } from './alphabet';
import { makeCard } from './card';
import { measure } from './measure';
import { excludedFile } from './pools';
import { Rounds } from './rounds';
import { Suspects, TRUSTED_FROM } from './suspects';
import { loadTests, type LineTest } from './tests';
import { advance, rateFactor } from '../training/progress';
import { endOf, recipeOptions, say, startBackend, type RecipeOptions } from '../training/recipeOptions';

/** Steps between two checkpoints, each of which is one line of the history. */
const STEPS_PER_CHECKPOINT = 200;
/** Checkpoints between two looks at lines of each test. */
const CHECKPOINTS_PER_LOOK = 4;
const LINES_PER_LOOK = 60;
/** Where labels that are wrong are left out from then on. */
const EXCLUDING = [0.5, 0.75];

interface Options extends RecipeOptions {
  readonly weightDecay: number;
  readonly most: number;
  readonly from?: string;
}

interface Position {
  step: number;
  /** 0 to 1. */
  progress: number;
  round: number;
  /** Batches of the round that are done. */
  batch: number;
  /** How often labels were left out. */
  exclusions: number;
  readonly history: LineCard['training']['history'];
}

interface Checkpoint {
  readonly trainer: LineTrainerState;
  readonly position: Position;
  readonly suspects: [string, number][];
}

const options = recipeOptions(
  new Command('train:lines').description(
    'Trains the model of lines that ships with Scrawl; started again, it goes on from its last checkpoint.',
  ),
  {
    work: path.join('out', 'lines'),
    out: path.join('media', 'models', 'lines'),
    steps: 30_000,
    learningRate: 0.0015,
  },
)
  .option('--weight-decay <number>', 'times the learning rate', Number, 0.02)
  .option(
    '--from <folder>',
    'where there is no checkpoint, go on from this model: its weights, its steps and its history',
  )
  .option('--most <number>', 'lines of each test that the card gives scores of', Number, Infinity)
  .parse()
  .opts<Options>();

const excluded = excludedFile(options.work);
const checkpointFile = path.join(options.work, 'checkpoint.bin');

async function main(): Promise<void> {
  await mkdir(options.work, { recursive: true });
  const backend = await startBackend(options.native);
  const model = buildLineModel(SCRAWL_LINE, CHARACTERS.length + 1, options.seed);
  const trainer = new LineTrainer(model, new Random(options.seed), {
    weightDecay: options.weightDecay,
    averageDecay: 0.98,
    clipNorm: 2,
  });
  const recipe = new Recipe(trainer, await loadTests(options.data, options.work), backend);
  await recipe.resume();
  if (options.write !== true) await recipe.train();
  await recipe.finish();
}

class Recipe {
  private position: Position = { step: 0, progress: 0, round: 0, batch: 0, exclusions: 0, history: [] };
  private suspects = new Suspects();
  private samples: readonly number[] = [];
  private readonly end = endOf(options);
  private readonly rounds = new Rounds({ data: options.data, work: options.work, seed: options.seed });

  constructor(
    private readonly trainer: LineTrainer,
    private readonly tests: readonly LineTest[],
    private readonly backend: string,
  ) {
    say(`${trainer.model.countParams()} weights`);
  }

  async resume(): Promise<void> {
    const bytes = await readFile(checkpointFile).catch(() => undefined);
    if (bytes) this.restore(v8.deserialize(bytes) as Checkpoint);
    else if (options.from !== undefined) await this.takeModel(options.from);
    else return;
    this.position.progress = options.again ?? this.position.progress;
    const { step, progress } = this.position;
    say(`goes on from step ${step}, ${(100 * progress).toFixed(1)}%`);
  }

  private restore({ trainer, position, suspects }: Checkpoint): void {
    this.trainer.restore(trainer);
    this.position = position;
    this.suspects = new Suspects(suspects);
  }

  /** The weights of a model of the same network; what its optimizer knew is lost. */
  private async takeModel(folder: string): Promise<void> {
    const { card, layers } = await loadLineModel(folder);
    this.trainer.restoreWeights(layers.getWeights().map((weight) => weight.dataSync<'float32'>()));
    const history = [...card.training.history];
    // rounds are drawn by number: later ones than a training of so many steps has seen
    const step = history.at(-1)?.step ?? 0;
    this.position = { ...this.position, step, round: step, history };
    layers.dispose();
  }

  async train(): Promise<void> {
    const { position } = this;
    await this.countSamples();
    let from = { step: position.step, time: performance.now(), loss: 0 };
    while (position.progress < 1) {
      const batches = await this.rounds.get(position.round);
      for (const batch of batches.slice(position.batch)) {
        from.loss += this.step(batch);
        position.batch++;
        if (position.step % STEPS_PER_CHECKPOINT === 0) {
          await this.checkpoint(from);
          from = { step: position.step, time: performance.now(), loss: 0 };
        }
        if (position.progress >= 1) break;
      }
      if (position.progress >= 1) break;
      position.round++;
      position.batch = 0;
      await this.excludeWrong();
    }
    await this.checkpoint(from);
  }

  private async countSamples(): Promise<void> {
    this.samples = await this.rounds.samples;
    say(`samples: ${this.samples.join(', ')}`);
  }

  private step(batch: Awaited<ReturnType<Rounds['get']>>[number]): number {
    const { position } = this;
    const started = performance.now();
    const rate = options.learningRate * rateFactor(position.step, position.progress);
    const { loss, losses } = this.trainer.step(batch, rate);
    if (position.progress > TRUSTED_FROM) this.suspects.note(batch.ids, losses, batch.labels);
    position.step++;
    position.progress = advance(position.progress, this.end, (performance.now() - started) / 1000);
    return loss;
  }

  private async checkpoint({
    step,
    time,
    loss,
  }: {
    step: number;
    time: number;
    loss: number;
  }): Promise<void> {
    const { position } = this;
    const line = {
      step: position.step,
      loss: loss / Math.max(1, position.step - step),
      learningRate: options.learningRate * rateFactor(position.step, position.progress),
      seconds: (performance.now() - time) / 1000,
    };
    position.history.push(line);
    say(`${(100 * position.progress).toFixed(1)}% ${JSON.stringify(line)}`);
    const checkpoint: Checkpoint = {
      trainer: await this.trainer.save(),
      position,
      suspects: this.suspects.save(),
    };
    await writeFileAtomic(checkpointFile, v8.serialize(checkpoint));
    if (position.history.length % CHECKPOINTS_PER_LOOK === 1) await this.look();
  }

  /** Reads some lines of each test, and writes the model as it is. */
  private async look(): Promise<void> {
    await this.trainer.withAverage(async () => {
      await this.save(path.join(options.work, 'model'), []);
      say(
        (await this.score(LINES_PER_LOOK)).map((each) => `${each.dataset} ${percent(each.cer)}`).join(' | '),
      );
    });
  }

  /** Leaves out labels that learning has shown to be wrong, from the next round on. */
  private async excludeWrong(): Promise<void> {
    const { position } = this;
    if (position.progress < (EXCLUDING[position.exclusions] ?? Infinity)) return;
    const wrong = this.suspects.wrong();
    const before = (await readFile(excluded, 'utf8').catch(() => '')).split('\n');
    const all = [...new Set([...before, ...wrong])].filter((id) => id !== '');
    await writeFile(excluded, `${all.join('\n')}\n`);
    position.exclusions++;
    say(`${all.length} samples are left out`);
    await this.rounds.restart();
    await this.countSamples();
  }

  /** Measures the averaged weights and writes them as the model. */
  async finish(): Promise<void> {
    await this.countSamples();
    await this.rounds.end();
    await this.trainer.withAverage(async () => {
      const metrics = await this.score(options.most);
      for (const score of metrics) say(JSON.stringify(score));
      await this.save(options.out, metrics);
    });
  }

  private async score(most: number): Promise<LineCard['metrics']> {
    const model = new LineModel(this.card([]), this.trainer.model);
    const metrics: LineCard['metrics'] = [];
    for (const test of this.tests) {
      const { lines, cer, exact } = (await measure(model, test, most)).scores;
      metrics.push({
        dataset: test.name,
        split: test.split,
        samples: lines,
        decoding: 'greedy',
        cer: cer.value,
        exact: exact.value,
      });
    }
    return metrics;
  }

  private async save(folder: string, metrics: LineCard['metrics']): Promise<void> {
    await saveModel(folder, { card: this.card(metrics), layers: this.trainer.model }, 'float16');
  }

  private card(metrics: LineCard['metrics']): LineCard {
    const { step, progress, exclusions, history } = this.position;
    const { learningRate, weightDecay, seed } = options;
    return makeCard({
      settings: { steps: step, progress, exclusions, learningRate, weightDecay, seed, optimizer: 'adamw' },
      history,
      parameters: this.trainer.model.countParams(),
      samples: this.samples,
      metrics,
      backend: this.backend,
    });
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

void main();
