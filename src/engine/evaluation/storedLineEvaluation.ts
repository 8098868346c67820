import * as tf from '@tensorflow/tfjs-core';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writersOf } from '../../datasets/samples';
import { openSplit, type SplitSource } from '../../datasets/splitSource';
import {
  readLineEvaluation,
  writeLineEvaluation,
  type LineEvaluationHeader,
  type LineEvaluationKey,
  type StoredLineEvaluation,
} from '../../evaluations/lineEvaluationFile';
import { LineEvaluationStore } from '../../evaluations/lineEvaluationStore';
import { modelChecksum } from '../../models/checksum';
import { heldOutBy } from '../../models/heldOut';
import { readLineCard } from '../../models/lineCard';
import type { LineModel } from '../recognition/lineModel';
import type { ModelCache } from '../models/modelCache';
import { GREEDY, type LineDecoding } from './lineDecoding';
import { readLines } from './lines';
import type { WorkEvents } from './predict';
import type { EvaluationTask } from './storedEvaluation';

/** Which lines are read, and how. */
export interface LineEvaluationTask extends Omit<EvaluationTask, 'alphabet'> {
  /** By the ink alone where it is left out. */
  readonly decoding?: LineDecoding | undefined;
}

/** What a model read from a split, and where it is kept. */
export interface EvaluatedLines {
  readonly evaluation: StoredLineEvaluation;
  readonly source: SplitSource;
  /** Where it lies; undefined where the disk did not take it. */
  readonly file: string | undefined;
  /** Why it is not kept. */
  readonly problem: string | undefined;
  readonly stored: boolean;
}

/**
 * What a model reads from the lines of a split: as it was stored where model, data and decoding are the same, else read,
 * and kept.
 *
 * @throws ModelError, DatasetError where there is no such model or split of ink; the signal's reason when it is aborted
 */
export async function evaluateLinesStored(
  models: Pick<ModelCache<LineModel>, 'backend' | 'use'>,
  { model, home, dataset, split, fresh = false, decoding = GREEDY }: LineEvaluationTask,
  events: WorkEvents = {},
): Promise<EvaluatedLines> {
  const card = await readLineCard(model);
  const source = await openSplit(dataset, home, split, (data) => heldOutBy(card, data));
  const store = new LineEvaluationStore(home);
  const key: LineEvaluationKey = {
    model: await modelChecksum(model),
    dataset: source.checksum,
    split: source.split,
    part: source.part,
    ...(models.backend !== 'auto' && { backend: models.backend }),
    decoding: decoding.name,
    decoder: decoding.decoder,
    texts: createHash('sha256').update(JSON.stringify(source.dataset.classes)).digest('hex'),
  };
  const names = { modelName: card.name, modelFolder: path.resolve(model), datasetId: source.dataset.id };
  const before = fresh ? undefined : await store.read(key);
  if (before) {
    const { header: current, lines } = await withWriters(before, source);
    const header = { ...current, ...names };
    const evaluation = { header, lines };
    if (!isDeepStrictEqual(header, before.header)) await store.keep(key, writeLineEvaluation(evaluation));
    return { evaluation, source, file: store.file(key), problem: undefined, stored: true };
  }
  const bytes = await compute(models, decoding, { key, ...names }, source, events);
  const kept = await store.keep(key, bytes);
  return { evaluation: readLineEvaluation(bytes), source, ...kept, stored: false };
}

/** What an older Scrawl stored, with the writers of the lines, of whom that said nothing. */
async function withWriters(stored: StoredLineEvaluation, source: SplitSource): Promise<StoredLineEvaluation> {
  if (stored.header.writers) return stored;
  // what cannot be read any more was evaluated all the same
  const loaded = await source.load().catch(() => undefined);
  if (!loaded) return stored;
  const writers = writersOf(loaded.samples);
  return {
    header: { ...stored.header, writers: true },
    lines: stored.lines.map((line, index) => ({ ...line, writer: writers[index] })),
  };
}

async function compute(
  models: Pick<ModelCache<LineModel>, 'use'>,
  decoding: LineDecoding,
  about: Pick<LineEvaluationHeader, 'key' | 'modelName' | 'datasetId'> & { readonly modelFolder: string },
  source: SplitSource,
  events: WorkEvents,
): Promise<Buffer> {
  const { samples, places } = await source.load();
  return models.use(about.modelFolder, async (model) => {
    const started = performance.now();
    const read = await readLines(await decoding.reader(model), source.dataset, samples, events);
    const writers = writersOf(samples);
    return writeLineEvaluation({
      header: {
        ...about,
        writers: true,
        of: source.of,
        backend: tf.getBackend(),
        milliseconds: performance.now() - started,
        created: new Date().toISOString(),
      },
      lines: read.map((line, index) => ({
        place: places[index] ?? index,
        ...line,
        writer: writers[index],
      })),
    });
  });
}
