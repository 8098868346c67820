import { createHash } from 'node:crypto';
import { Random } from '../../../base/random';
import type { Dataset } from '../../../datasets/dataset';
import type { RowText } from '../../../ink/lines/rowTexts';
import { scoreLines, type LineScores } from '../../../metrics/lineScores';
import { ModelError } from '../../../models/errors';
import type { LinePersonalization } from '../../../protocol/engine/personal';
import { greedyClasses } from '../../recognition/greedy';
import { LineModel } from '../../recognition/lineModel';
import { keepStatistics } from '../../training/fineTune';
import { continueLinesFrom } from '../../training/lines/continueLines';
import { LineTrainer } from '../../training/lines/lineTrainer';
import type { PersonalizeEvents } from '../personalize';
import { mixed, MIXES } from '../weightMix';
import { type FirstLines, firstLinesOf, personalLineCard } from './card';
import { learnLines, lossOf, PACE, type Pace } from './learnLines';
import type { LineReplay } from './lineReplay';
import { loadPersonLines } from './personLines';

/** Most that the share of wrong characters in the lines of others may rise. */
export const MOST_LOST = 0.005;
/** The gradient of all weights together is no longer than this. */
const CLIP_NORM = 2;

export interface LinesJob {
  /** It stays as it is. */
  readonly base: LineModel;
  readonly person: Dataset;
  readonly replay: LineReplay;
  readonly seed?: number;
  /** PACE unless given. */
  readonly pace?: Pace;
}

export interface PersonalizedLines {
  readonly model: LineModel;
  readonly report: LinePersonalization;
}

/**
 * Lets a model of lines learn a user's hand without forgetting the others. A copy of it learns the user's lines, varied,
 * among lines of other hands (experience replay: Rolnick et al. 2019), a few steps at a low rate, with the statistics of
 * batch normalization as they were, which so few lines would spoil. Then its weights are mixed with the old ones, as
 * strongly as lines of other hands that it did not learn allow (Wortsman et al. 2022).
 *
 * @throws ModelError where there is too little to learn from, or every mix reads the lines of others worse by more than
 * MOST_LOST, or the user's held-out lines worse; the signal's reason when it is aborted
 */
export async function personalizeLines(
  { base, person, replay, seed = 1, pace = PACE }: LinesJob,
  { signal, onProgress }: PersonalizeEvents = {},
): Promise<PersonalizedLines> {
  const started = performance.now();
  const { classes } = base.card;
  const { train, held, leftOut } = await loadPersonLines(person, classes);
  const layers = await continueLinesFrom(base, classes, [], seed);
  layers.layers.forEach(keepStatistics);
  const model = new LineModel(base.card, layers);
  const trainer = new LineTrainer(layers, new Random(seed), {
    weightDecay: 0,
    averageDecay: 0,
    clipNorm: CLIP_NORM,
  });
  try {
    const measure = (lines: readonly RowText[]) => scoresOf(model, lines, signal);
    onProgress?.('looking', 0.05);
    const [handBefore, original] = [await measure(held), await measure(replay.test)];
    const earlier = firstLinesOf(base.card);
    const first = firstOf(base, earlier, original.cer.value, replay);
    const start = await trainer.saveWeights();
    const lossBefore = lossOf(trainer, held, classes);
    await learnLines(
      trainer,
      train,
      replay.train,
      classes,
      { pace, seed: seed + 1 },
      {
        signal,
        onProgress: (done, total) => onProgress?.('learning', 0.1 + (0.75 * done) / total),
      },
    );
    const learned = await trainer.saveWeights();
    for (const [tried, mix] of MIXES.entries()) {
      onProgress?.('measuring', 0.85 + (0.15 * tried) / MIXES.length);
      trainer.restoreWeights(mixed(start, learned, mix));
      // of a few lines the loss says more than the characters that are read wrong
      if (lossOf(trainer, held, classes) > lossBefore) continue;
      const now = await measure(replay.test);
      if (now.cer.value - first.cer > MOST_LOST) continue;
      const handNow = await measure(held);
      const report = {
        learned: train.length,
        leftOut,
        person: { samples: held.length, before: handBefore.cer.value, after: handNow.cer.value },
        original: {
          dataset: replay.name,
          samples: replay.test.length,
          perhapsLearned: replay.perhapsLearned,
          before: original.cer.value,
          after: now.cer.value,
          ...(earlier && { first: first.cer }),
        },
        mix,
        seconds: (performance.now() - started) / 1000,
      };
      const card = personalLineCard(base.card, { person, replay, now, handNow, first, report });
      return { model: new LineModel(card, layers), report };
    }
    throw new ModelError(
      'The model of lines would read no better with these lines: look through them for wrong texts, or keep more.',
    );
  } catch (error) {
    layers.dispose();
    throw error;
  } finally {
    trainer.dispose();
  }
}

/** The model that the base comes from, measured on the same lines where they are still the same; else the base. */
function firstOf(
  { card }: LineModel,
  earlier: FirstLines | undefined,
  cer: number,
  { test }: LineReplay,
): FirstLines {
  const measuredOn = createHash('sha256').update(JSON.stringify(test)).digest('hex');
  return earlier?.measuredOn === measuredOn ? earlier : { name: earlier?.name ?? card.name, cer, measuredOn };
}

/** How well lines are read by the ink alone, blanks left out. */
async function scoresOf(
  model: LineModel,
  lines: readonly RowText[],
  signal: AbortSignal | undefined,
): Promise<LineScores> {
  const read: { text: string; answer: string }[] = [];
  for (const { label, ink, guide } of lines) {
    signal?.throwIfAborted();
    const classes = greedyClasses(await model.logProbabilities(ink, guide));
    read.push({ text: label, answer: classes.map((each) => model.characters[each] ?? '').join('') });
  }
  return scoreLines(read);
}
