import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { picturesOf, sizeOf } from '../../../datasets/pictures';
import { samplesAt } from '../../../metrics/samplesAt';
import { predictionOf } from '../../../metrics/wrongAndSure';
import { EmbeddingsFile } from '../../../evaluations/embeddingsFile';
import { ModelError } from '../../../models/errors';
import { writeWholeFolder } from '../../../storage/wholeFolder';
import { judged, type Judged, type JudgedBy } from '../../evaluation/judged';
import type { WorkEvents } from '../../evaluation/predict';
import { type EmbeddingsTask, embedStored } from '../../evaluation/storedEmbeddings';
import { evaluateStored, type Models } from '../../evaluation/storedEvaluation';
import { Sprite, spriteSize } from './sprite';
import { metadataLines, projectorConfig, type ProjectorSample, vectorLine } from './texts';

/** Pictures that are drawn at a time. */
const BATCH = 256;

export interface ExportTask extends EmbeddingsTask, JudgedBy {
  /** The folder to write, which must not be there yet. */
  readonly out: string;
}

/** A sample that is exported: its row among the embeddings, and its number in the judgment. */
interface Chosen {
  readonly row: number;
  readonly place: number;
  readonly sample: number;
}

/**
 * Writes the embeddings of a split's samples with labels, predictions and pictures as TensorBoard's projector reads
 * them, to a folder that is whole or absent: `tensorboard --logdir` of it opens it. Samples that are excluded, or of
 * classes that the model cannot give, are left out.
 *
 * @returns how many samples are written
 * @throws ModelError, DatasetError where there is no such model or split, or the folder cannot be made; the signal's
 *   reason when it is aborted
 */
export async function exportEmbeddings(
  models: Models,
  task: ExportTask,
  events: WorkEvents = {},
): Promise<number> {
  const { out, alphabet, merged } = task;
  const of = judged(await evaluateStored(models, task, events), { alphabet, merged });
  const file = await EmbeddingsFile.open(await embedStored(models, task, events));
  try {
    const sampleAt = samplesAt(of.judgment, of.evaluated.evaluation.places);
    const chosen = [...file.places].flatMap((place, row): Chosen[] => {
      const sample = sampleAt(place);
      return sample === undefined ? [] : [{ row, place, sample }];
    });
    const write = (folder: string) => writeParts(folder, of, file, chosen, events);
    await writeWholeFolder(out, write, (sentence, cause) => new ModelError(sentence, { cause }));
    return chosen.length;
  } finally {
    await file.close();
  }
}

async function writeParts(
  folder: string,
  of: Judged,
  file: EmbeddingsFile,
  chosen: readonly Chosen[],
  { signal }: WorkEvents,
): Promise<void> {
  const { header } = of.evaluated.evaluation;
  const write = (name: string, lines: Iterable<string> | AsyncIterable<string>) =>
    pipeline(Readable.from(lines), createWriteStream(path.join(folder, name)));
  await write('vectors.tsv', vectors(file, chosen, signal));
  await write('metadata.tsv', metadataLines(described(of, chosen)));
  const picture = await writeSprite(path.join(folder, 'sprite.png'), of, chosen, signal);
  const name = `${header.modelName}, ${path.basename(header.datasetId)}, ${header.key.split}`;
  await writeFile(path.join(folder, 'projector_config.pbtxt'), projectorConfig(name, picture));
}

async function* vectors(
  file: EmbeddingsFile,
  chosen: readonly Chosen[],
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const { width } = file.header;
  let next = 0;
  for await (const { values, from, count } of file.chunks()) {
    signal?.throwIfAborted();
    for (; next < chosen.length; next++) {
      const at = (chosen[next]?.row ?? 0) - from;
      if (at >= count) break;
      yield vectorLine(values.subarray(at * width, (at + 1) * width));
    }
  }
}

function* described({ judgment, evaluated }: Judged, chosen: readonly Chosen[]): Generator<ProjectorSample> {
  const { split } = evaluated.evaluation.header.key;
  for (const { sample, place } of chosen) {
    const { truth, predicted, probability } = predictionOf(judgment, sample);
    yield { label: truth, prediction: predicted, probability, split, index: place };
  }
}

/** @returns the size of each picture in it */
async function writeSprite(
  target: string,
  { evaluated }: Judged,
  chosen: readonly Chosen[],
  signal: AbortSignal | undefined,
) {
  const { samples, places } = await evaluated.source.load();
  const rowAt = new Map(Array.from(places, (place, row) => [place, row]));
  const rows = chosen.map(({ place }) => rowAt.get(place) ?? 0);
  const size = sizeOf(samples);
  const picture = spriteSize(rows.length, size);
  const sprite = new Sprite(rows.length, picture);
  for (let from = 0; from < rows.length; from += BATCH) {
    signal?.throwIfAborted();
    const batch = rows.slice(from, from + BATCH);
    sprite.add(picturesOf(samples, batch), batch.length, size);
  }
  await sprite.write(target);
  return picture;
}
