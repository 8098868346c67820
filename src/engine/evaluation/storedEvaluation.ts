import * as tf from '@tensorflow/tfjs-core';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BackendChoice } from '../../base/backendChoice';
import type { Split } from '../../base/split';
import { writersOf } from '../../datasets/samples';
import { openSplit, type SplitSource } from '../../datasets/splitSource';
import { answersOf } from '../../metrics/answers';
import { membership } from '../../base/alphabet';
import { modelChecksum } from '../../models/checksum';
import {
  readEvaluation,
  writeEvaluation,
  type EvaluationHeader,
  type EvaluationKey,
  type StoredEvaluation,
} from '../../evaluations/evaluationFile';
import { EvaluationStore } from '../../evaluations/evaluationStore';
import { heldOutBy } from '../../models/heldOut';
import { readCard } from '../../models/modelFolder';
import type { LoadedModel } from '../models/loadedModel';
import { nothingToJudge } from './evaluate';
import { predict, type WorkEvents } from './predict';

/** Where work gets its models from. */
export interface Models {
  /** What they compute on. */
  readonly backend: BackendChoice;
  /** Loads the model of a folder for as long as the work takes. */
  use<T>(folder: string, work: (model: LoadedModel) => Promise<T>): Promise<T>;
}

/** What is to be evaluated, on what. */
export interface EvaluationTask {
  /** Folder of the model. */
  readonly model: string;
  readonly home: string;
  /** A dataset's id, or a path. */
  readonly dataset: string;
  /** The test split where there is one, else all samples, unless another is named. */
  readonly split?: Split | undefined;
  /** Computes again though there is a stored result. */
  readonly fresh?: boolean | undefined;
  /** What the model may answer, an alphabet's name or its characters: where that is nothing, nothing is computed. */
  readonly alphabet: string;
}

/** The predictions of a model on a split, and what the user changed in the split since. */
export interface Evaluated {
  readonly evaluation: StoredEvaluation;
  readonly source: SplitSource;
  /** Where it lies; undefined where the disk did not take it. */
  readonly file: string | undefined;
  /** Why it is not kept. */
  readonly problem: string | undefined;
  readonly stored: boolean;
}

/**
 * What a model says of a split: as it was stored where model and data are the same, else computed, and kept.
 *
 * @throws ModelError, DatasetError where there is no such model or split; the signal's reason when it is aborted
 */
export async function evaluateStored(
  models: Models,
  { model, home, dataset, split, fresh = false, alphabet }: EvaluationTask,
  events: WorkEvents = {},
): Promise<Evaluated> {
  const card = await readCard(model);
  const source = await openSplit(dataset, home, split, (data) => heldOutBy(card, data));
  const answers = answersOf(card.classes, membership(alphabet, card.classes), source.dataset);
  if (answers.every(({ labels }) => labels.length === 0)) throw nothingToJudge(source.dataset.id);
  const store = new EvaluationStore(home);
  const key: EvaluationKey = {
    model: await modelChecksum(model),
    dataset: source.checksum,
    split: source.split,
    part: source.part,
    // the time that it takes is another one on each
    ...(models.backend !== 'auto' && { backend: models.backend }),
  };
  const before = fresh ? undefined : await store.read(key);
  if (before) {
    const names = { modelName: card.name, modelFolder: path.resolve(model), datasetId: source.dataset.id };
    const evaluation = await called(store, await withWriters(before, source), names);
    return { evaluation, source, file: store.file(key), problem: undefined, stored: true };
  }
  const bytes = await compute(models, model, key, source, events);
  const kept = await store.keep(key, bytes);
  return { evaluation: readEvaluation(bytes), source, ...kept, stored: false };
}

async function compute(
  models: Models,
  folder: string,
  key: EvaluationKey,
  source: SplitSource,
  events: WorkEvents,
): Promise<Buffer> {
  const { samples, places } = await source.load();
  return models.use(folder, async (model) => {
    const started = performance.now();
    const predictions = await predict(model, samples, events);
    const { card } = model;
    return writeEvaluation({
      header: {
        key,
        modelName: card.name,
        modelFolder: path.resolve(folder),
        outputs: card.classes,
        datasetId: source.dataset.id,
        classes: [...source.dataset.classes],
        covers: [...source.dataset.covers],
        of: source.of,
        backend: tf.getBackend(),
        milliseconds: performance.now() - started,
        created: new Date().toISOString(),
      },
      places,
      labels: samples.labels,
      predictions,
      writers: writersOf(samples),
    });
  });
}

/** What an older Scrawl stored, with the writers of the samples, of whom that said nothing. */
async function withWriters(stored: StoredEvaluation, source: SplitSource): Promise<StoredEvaluation> {
  if (stored.writers) return stored;
  // what cannot be read any more was evaluated all the same
  const loaded = await source.load().catch(() => undefined);
  return loaded ? { ...stored, writers: writersOf(loaded.samples) } : stored;
}

/** What is stored of the same model and samples, by the names that they have now. */
async function called(
  store: EvaluationStore,
  stored: StoredEvaluation,
  names: Pick<EvaluationHeader, 'modelName' | 'modelFolder' | 'datasetId'>,
): Promise<StoredEvaluation> {
  const header = { ...stored.header, ...names };
  const isNew = stored.writers !== undefined && stored.header.writers === undefined;
  if (!isNew && isDeepStrictEqual(header, stored.header)) return stored;
  await store.keep(header.key, writeEvaluation({ ...stored, header }));
  return { ...stored, header };
}
