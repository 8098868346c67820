import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ImageSamples } from '../../../../src/datasets/samples';
import { DatasetStore } from '../../../../src/datasets/store/datasetStore';
import type { EvaluationSpec } from '../../../../src/host/evaluation/evaluationSpec';
import { modelChecksum } from '../../../../src/models/checksum';
import { writeEvaluation } from '../../../../src/evaluations/evaluationFile';
import { EvaluationStore } from '../../../../src/evaluations/evaluationStore';
import { readCard, writeCard } from '../../../../src/models/modelFolder';
import { Predictions } from '../../../../src/evaluations/predictions';

export const LETTERS = ['A', 'a', 'B', '0', 'O'];

/** For each test sample: its label, and what the model takes it for with which probability. */
export const ANSWERS: readonly (readonly [label: string, answer: string, probability: number])[] = [
  ['A', 'A', 0.9],
  ['A', 'a', 0.8],
  ['a', 'a', 0.7],
  ['B', 'B', 0.95],
  ['B', '0', 0.6],
  ['0', 'O', 0.99],
  ['O', 'O', 0.5],
  ['O', '0', 0.75],
];

const SIZE = { height: 2, width: 2 };

/** A stored dataset of letters with a train and a test split; every pixel of a sample is its number among all. */
export async function storeLetters(home: string, id = 'letters'): Promise<DatasetStore> {
  const store = new DatasetStore(home);
  async function* pictures(first: number, labels: number[]): AsyncGenerator<ImageSamples> {
    const pixels = Uint8Array.from({ length: 4 * labels.length }, (_, at) => first + (at >> 2));
    yield await Promise.resolve({ kind: 'images', ...SIZE, labels: Uint16Array.from(labels), pixels });
  }
  const about = { name: 'Letters', kind: 'images' as const, source: 'here', ...SIZE };
  const test = ANSWERS.map(([label]) => LETTERS.indexOf(label));
  await store.write(id, { ...about, classes: LETTERS, covers: LETTERS, officialSplits: ['train', 'test'] }, [
    { split: 'train', batches: pictures(0, [0, 1, 2, 3, 4]) },
    { split: 'test', batches: pictures(100, test) },
  ]);
  return store;
}

/** A model's folder, which holds what its evaluations depend on and nothing that could be asked. */
export async function storeModel(home: string, name: string, weights = name): Promise<string> {
  const folder = path.join(home, 'models', name);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'weights.bin'), weights);
  await writeCard(folder, {
    ...(await readCard(path.resolve('media', 'models', 'characters'))),
    name,
    classes: LETTERS,
  });
  return folder;
}

/** What a model said of the letters' test split, stored. */
export async function storeAnswers(
  store: DatasetStore,
  {
    answers = ANSWERS,
    places = [...ANSWERS.keys()],
    modelName = 'Mine',
    writers = undefined as readonly string[] | undefined,
  } = {},
): Promise<EvaluationSpec> {
  const dataset = (await store.find('letters'))?.manifest?.checksum ?? '';
  const model = await storeModel(store.home, modelName);
  const key = { model: await modelChecksum(model), dataset, split: 'test' as const, part: '' };
  const predictions = Predictions.empty(answers.length, LETTERS.length);
  answers.forEach(([, answer, probability], row) => {
    const rest = (1 - probability) / (LETTERS.length - 1);
    predictions.write(
      row,
      Float32Array.from(LETTERS, (name) => (name === answer ? probability : rest)),
    );
  });
  const bytes = writeEvaluation({
    header: {
      key,
      modelName,
      outputs: LETTERS,
      datasetId: 'letters',
      classes: LETTERS,
      covers: LETTERS,
      of: 'test',
      backend: 'wasm',
      milliseconds: 4,
      created: '2026-01-02T03:04:05.000Z',
    },
    places: Uint32Array.from(places),
    labels: Uint16Array.from(answers, ([label]) => LETTERS.indexOf(label)),
    predictions,
    writers,
  });
  const file = await new EvaluationStore(store.home).write(key, bytes);
  const judging = { alphabet: 'all', merged: false };
  return { file, model, dataset: 'letters', split: 'test', judging };
}
