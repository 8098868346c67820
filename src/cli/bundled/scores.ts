import path from 'node:path';
import { openDataset } from '../../datasets/open';
import type { Dataset, Samples } from '../../datasets/samples';
import { evaluate } from '../../engine/evaluation/evaluate';
import type { LoadedModel } from '../../engine/models/loadedModel';
import type { CardMetrics } from '../../models/card';

/** A test that the model never learnt from. */
interface Test {
  readonly name: string;
  readonly split: string;
  readonly alphabet: string;
  readonly dataset: Dataset;
  readonly samples: Samples;
}

/** Measures the bundled model on all tests, for its card. */
export async function scoresOf(model: LoadedModel, data: string): Promise<CardMetrics[]> {
  const metrics: CardMetrics[] = [];
  for (const { name, split, alphabet, dataset, samples } of await loadTests(data)) {
    const { accuracy, top3, loss, macro, samples: count } = await evaluate(model, dataset, samples, alphabet);
    metrics.push({ dataset: name, split, alphabet, samples: count, accuracy, top3, loss, macroF1: macro.f1 });
  }
  return metrics;
}

async function loadTests(data: string): Promise<Test[]> {
  const byClass = await openDataset(`${path.join(data, 'emnist', 'gzip.zip')}#byclass`);
  const mnist = await openDataset(path.join(data, 'mnist'));
  const chars74k = await openDataset(
    `${path.join(data, 'ink', 'chars74k-hnd-writers01-35.json.gz')}#writers31-35`,
  );
  const photographs = await openDataset(
    `${path.join(data, 'photos', 'handwritten-characters-62x50.zip')}#5/5`,
  );
  return [
    await test('EMNIST byclass', 'test', 'alphanumeric', byClass),
    await test('MNIST', 'test', 'digits', mnist),
    await test('Chars74K EnglishHnd, writers 31 to 35', 'all', 'alphanumeric', chars74k),
    await test('Photographs of characters, every fifth', 'all', 'alphanumeric', photographs),
  ];
}

async function test(name: string, split: 'test' | 'all', alphabet: string, dataset: Dataset): Promise<Test> {
  return { name, split, alphabet, dataset, samples: await dataset.load(split) };
}
