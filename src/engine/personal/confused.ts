import { MY_HANDWRITING } from '../../datasets/store/myHandwriting';
import { openDataset } from '../../datasets/open';
import { openReplay } from '../../datasets/replay';
import type { Dataset } from '../../datasets/dataset';
import type { Split } from '../../base/split';
import { answersOf } from '../../metrics/answers';
import { judge } from '../../metrics/judgment';
import { predict, type WorkEvents } from '../evaluation/predict';
import type { LoadedModel } from '../models/loadedModel';

/**
 * The characters that a model confuses most: of the user's own samples first, then of the replay set.
 *
 * @param shipped folder of the replay set that ships with Scrawl
 * @param count most characters to give
 */
export async function confusedCharacters(
  model: LoadedModel,
  { home, shipped, count }: { home: string; shipped: string; count: number },
  events: WorkEvents = {},
): Promise<string[]> {
  const own = await openDataset(MY_HANDWRITING, home).catch(() => undefined);
  const confused = own ? await confusedIn(model, own, 'all', events) : [];
  if (confused.length < count) {
    confused.push(...(await confusedIn(model, await openReplay(shipped), 'test', events)));
  }
  return [...new Set(confused)].slice(0, count);
}

/** Characters of a dataset that are taken for others, the most often mistaken first. */
async function confusedIn(
  model: LoadedModel,
  dataset: Dataset,
  split: Split,
  events: WorkEvents,
): Promise<string[]> {
  const samples = await dataset.load(split);
  const { classes } = model.card;
  const all = classes.map(() => true);
  const judgment = judge(
    await predict(model, samples, events),
    samples.labels,
    answersOf(classes, all, dataset),
  );
  const mistakes = new Map<number, number>();
  judgment.truth.forEach((truth, at) => {
    if ((judgment.truthRank[at] ?? 0) > 0) mistakes.set(truth, (mistakes.get(truth) ?? 0) + 1);
  });
  const often = [...mistakes].sort(([, a], [, b]) => b - a);
  return often.map(([truth]) => judgment.classes[truth] ?? '');
}
