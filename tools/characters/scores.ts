import path from 'node:path';
import { openDataset } from '../../src/datasets/open';
import { evaluate, type Evaluation } from '../../src/engine/evaluation/evaluate';
import type { LoadedModel } from '../../src/engine/models/loadedModel';
import type { CardMetrics } from '../../src/models/card';

/** What the model is measured on and never learned from. */
interface Test {
  readonly name: string;
  readonly split: 'test' | 'all';
  readonly alphabet: string;
  /** As `evaluate --dataset` takes it, in the folder of the data. */
  readonly dataset: string;
}

const UNIPEN = {
  name: 'UNIPEN isolated characters, dev writers',
  split: 'all',
  dataset: path.join('ink', 'unipen', 'characters.jsonl.gz#dev-isolated'),
} as const;

const TESTS: readonly Test[] = [
  {
    name: 'EMNIST byclass',
    split: 'test',
    alphabet: 'alphanumeric',
    dataset: path.join('emnist', 'gzip.zip#byclass'),
  },
  { name: 'MNIST', split: 'test', alphabet: 'digits', dataset: 'mnist' },
  {
    name: 'Chars74K EnglishHnd, writers 31 to 35',
    split: 'all',
    alphabet: 'alphanumeric',
    dataset: path.join('ink', 'chars74k-hnd-writers01-35.json.gz#writers31-35'),
  },
  {
    name: 'Photographs of characters, every fifth',
    split: 'all',
    alphabet: 'alphanumeric',
    dataset: path.join('photos', 'handwritten-characters-62x50.zip#5/5'),
  },
  { ...UNIPEN, alphabet: 'all' },
  { ...UNIPEN, alphabet: 'alphanumeric' },
  {
    name: 'CROHME 2013, symbols of every fifth writer',
    split: 'all',
    alphabet: 'all',
    dataset: path.join('ink', 'crohme-2013-train-part.zip#writers5/5'),
  },
];

/** Measures a model on all tests. */
export async function* measured(
  model: LoadedModel,
  data: string,
): AsyncGenerator<{ test: Test; evaluation: Evaluation }> {
  for (const test of TESTS) {
    const dataset = await openDataset(path.join(data, test.dataset));
    const samples = await dataset.load(test.split);
    yield { test, evaluation: await evaluate(model, dataset, samples, test.alphabet) };
  }
}

/** The same, for the model's card. */
export async function scoresOf(model: LoadedModel, data: string): Promise<CardMetrics[]> {
  const metrics: CardMetrics[] = [];
  for await (const { test, evaluation } of measured(model, data)) {
    const { name, split, alphabet } = test;
    const { accuracy, top3, loss, macro, samples } = evaluation;
    metrics.push({ dataset: name, split, alphabet, samples, accuracy, top3, loss, macroF1: macro.f1 });
  }
  return metrics;
}
