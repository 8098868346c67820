import writeFileAtomic from 'write-file-atomic';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { picturesOf, sizeOf } from '../../datasets/pictures';
import { sampleCount } from '../../datasets/samples';
import type { Split } from '../../base/split';
import { openSplit, type SplitSource } from '../../datasets/splitSource';
import { modelChecksum } from '../../models/checksum';
import { compact, EmbeddingsFile, writeEmbeddings } from '../../evaluations/embeddingsFile';
import { ModelError } from '../../models/errors';
import type { EvaluationKey } from '../../evaluations/evaluationFile';
import { EvaluationStore } from '../../evaluations/evaluationStore';
import { heldOutBy } from '../../models/heldOut';
import { readCard } from '../../models/modelFolder';
import { touch } from '../../storage/touch';
import type { LoadedModel } from '../models/loadedModel';
import { inBatches, type WorkEvents } from './predict';
import type { Models } from './storedEvaluation';

const BATCH = 128;
/** Bytes that the embeddings of a split may take in memory while they are computed, and on the disk. */
const MOST_BYTES = 256 * 2 ** 20;

export interface EmbeddingsTask {
  readonly model: string;
  readonly home: string;
  readonly dataset: string;
  readonly split?: Split | undefined;
  /** Of a larger split so many samples are taken, evenly spread. */
  readonly most: number;
}

/**
 * The embeddings of a split's samples: as they were stored, or computed and stored.
 *
 * @returns the file, for `EmbeddingsFile.open`
 * @throws ModelError, DatasetError where there is no such model or split, or the disk does not take them; the signal's
 *   reason when it is aborted
 */
export async function embedStored(
  models: Models,
  { model, home, dataset, split, most }: EmbeddingsTask,
  events: WorkEvents = {},
): Promise<string> {
  const card = await readCard(model);
  const source = await openSplit(dataset, home, split, (data) => heldOutBy(card, data));
  const key: EvaluationKey = {
    model: await modelChecksum(model),
    dataset: source.checksum,
    split: source.split,
    part: `${source.part} ${String(most)}`,
  };
  const file = `${new EvaluationStore(home).file(key)}.embeddings`;
  if (await isSound(file, key)) {
    await touch(file);
    return file;
  }
  const bytes = await models.use(model, (loaded) => compute(loaded, source, key, most, events));
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomic(file, bytes);
  } catch (cause) {
    throw new ModelError(`The embeddings cannot be kept in ${path.dirname(file)}: check the disk.`, {
      cause,
    });
  }
  return file;
}

async function isSound(file: string, key: EvaluationKey): Promise<boolean> {
  const stored = await EmbeddingsFile.open(file).catch(() => undefined);
  await stored?.close();
  return stored !== undefined && JSON.stringify(stored.header.key) === JSON.stringify(key);
}

async function compute(
  model: LoadedModel,
  source: SplitSource,
  key: EvaluationKey,
  most: number,
  events: WorkEvents,
): Promise<Buffer> {
  const { samples, places } = await source.load();
  const { height, width: pictureWidth } = sizeOf(samples);
  const embed = (rows: readonly number[]) =>
    model.embeddings({ pixels: picturesOf(samples, rows), count: rows.length, height, width: pictureWidth });
  const { width } = await embed([0]);
  const rows = spread(sampleCount(samples), Math.min(most, Math.floor(MOST_BYTES / (2 * width))));
  const values = new Uint16Array(rows.length * width);
  await inBatches(rows.length, BATCH, events, async (batch, from) => {
    const embedded = await embed(batch.map((index) => rows[index] ?? 0));
    values.set(compact(embedded.values), from * width);
  });
  const pick = (row: number) => samples.labels[row] ?? 0;
  return writeEmbeddings(
    { key, classes: [...source.dataset.classes], of: source.of, width },
    Uint32Array.from(rows, (row) => places[row] ?? 0),
    Uint16Array.from(rows, pick),
    values,
  );
}

/** At most so many numbers below `count`, as far from each other as each. */
function spread(count: number, most: number): number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, index) => Math.floor((index * count) / taken));
}
