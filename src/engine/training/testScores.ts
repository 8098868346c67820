import { DatasetError } from '../../datasets/errors';
import type { Dataset } from '../../datasets/dataset';
import { sampleCount } from '../../datasets/samples';
import type { CardMetrics } from '../../models/card';
import { evaluate } from '../evaluation/evaluate';
import type { LoadedModel } from '../models/loadedModel';
import { nameOf } from './cardParts';

/**
 * Measures a model on what it has never seen, for its card.
 *
 * @returns undefined where the dataset has no test split
 * @throws DatasetError, ModelError where it has one that cannot be read, or nothing in it can be judged; the signal's
 *   reason when it is aborted
 */
export async function testScores(
  model: LoadedModel,
  dataset: Dataset,
  signal: AbortSignal,
): Promise<CardMetrics | undefined> {
  if (!dataset.officialSplits.includes('test')) return undefined;
  const held = await dataset.load('test');
  const name = nameOf(dataset);
  if (sampleCount(held) === 0)
    throw new DatasetError(`Every test sample of ${name} is excluded: include some, and evaluate the model.`);
  const { samples, accuracy, top3, loss, macro } = await evaluate(model, dataset, held, 'all', { signal });
  return { dataset: name, split: 'test', alphabet: 'all', samples, accuracy, top3, loss, macroF1: macro.f1 };
}
