import * as z from 'zod';
import { SPLITS } from '../base/split';
import { bytesOf, readArraysFile, readArraysHeader, writeArraysFile } from './arraysFile';
import { ModelError } from '../models/errors';
import { Predictions } from './predictions';
import { decodeWriters, encodeWriters } from './writerNames';

const MAGIC = 'SCRAWLEV';
/** Ten times the largest split that can be downloaded, with 94 classes. */
export const MOST_EVALUATION_BYTES = 1.5 * 2 ** 30;

/** How often each class is taken for each is a table of their square. */
const MOST_CLASSES = 5000;

const checksum = z.string().regex(/^[0-9a-f]{64}$/);

/** What predictions depend on; the alphabet, corrected labels and excluded samples are judged later. */
export const evaluationKeySchema = z.object({
  /** Of the model's folder, see `modelChecksum`. */
  model: checksum,
  /** Of the dataset as it is stored, without what the user changed in it. */
  dataset: checksum,
  split: z.enum(SPLITS),
  /** Which samples of the split, where not all: how a validation part was held out. */
  part: z.string().max(200),
  /** What computed, where that was asked for. */
  backend: z.string().min(1).max(100).optional(),
});
export type EvaluationKey = z.infer<typeof evaluationKeySchema>;

const nameSchema = z.string().min(1).max(1000);

export const evaluationHeaderSchema = z.object({
  version: z.literal(1),
  key: evaluationKeySchema,
  modelName: nameSchema,
  /** Where the model lay. */
  modelFolder: z.string().max(10_000).optional(),
  /** The model's outputs. */
  outputs: z.array(nameSchema).min(1).max(65_535),
  /** What the dataset is opened with. */
  datasetId: z.string().min(1).max(10_000),
  classes: z.array(nameSchema).max(65_535),
  covers: z.array(nameSchema).max(65_535),
  /** The split that places count in: `train` for a validation part that was held out of it. */
  of: evaluationKeySchema.shape.split,
  samples: z.number().int().min(0),
  /** Names of those who wrote the samples, where any is known; an older file does not say. */
  writers: z.array(z.string()).max(65_535).optional(),
  backend: z.string().max(1000),
  /** Time that the model took, pictures included. */
  milliseconds: z.number().min(0),
  /** ISO 8601. */
  created: z.iso.datetime(),
  /** SHA-256 of all behind the header. */
  checksum,
});
export type EvaluationHeader = z.infer<typeof evaluationHeaderSchema>;

/** What a model said of a split, as it lies on disk. */
export interface StoredEvaluation {
  readonly header: EvaluationHeader;
  /** Place of each sample in the split as it is stored, ascending. */
  readonly places: Uint32Array;
  /** Class of each sample as it is stored. */
  readonly labels: Uint16Array;
  readonly predictions: Predictions;
  /** Who wrote each sample, empty where nobody is known; an older file does not say. */
  readonly writers?: readonly (string | undefined)[] | undefined;
}

/**
 * The bytes of an evaluation's file: behind the header places (32 bits), labels (16 bits), the logarithms of the
 * probabilities (half precision) and, where any is known, the writers (16 bits).
 */
export function writeEvaluation(
  evaluation: Omit<StoredEvaluation, 'header'> & {
    header: Omit<EvaluationHeader, 'version' | 'samples' | 'checksum' | 'writers'>;
  },
): Buffer {
  const { header, places, labels, predictions, writers } = evaluation;
  const { names, indexes } = encodeWriters(writers ?? []);
  const body = [places, labels, predictions.logs, indexes].map(bytesOf);
  const about = { ...header, writers: writers && names, version: 1, samples: places.length };
  return writeArraysFile(MAGIC, about, body);
}

/**
 * Reads what `writeEvaluation` wrote.
 *
 * @throws ModelError where the file is truncated, or not what it says it is
 */
export function readEvaluation(file: Buffer): StoredEvaluation {
  try {
    return parse(file);
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    throw new ModelError('The stored evaluation is damaged: evaluate the model again.', { cause });
  }
}

/** The header of an evaluation's file, of which at least the header is given. */
export function readEvaluationHeader(file: Buffer): EvaluationHeader {
  return readArraysHeader(MAGIC, evaluationHeaderSchema, file).header;
}

function parse(file: Buffer): StoredEvaluation {
  const { header, body } = readArraysFile(
    MAGIC,
    evaluationHeaderSchema,
    file,
    ({ samples, outputs, writers = [] }) =>
      samples * (4 + 2 + 2 * outputs.length + (writers.length > 0 ? 2 : 0)),
  );
  const { samples, outputs, classes, covers, writers: names } = header;
  if (Math.max(outputs.length, classes.length) > MOST_CLASSES) {
    throw new ModelError(
      `The evaluation is of more than ${MOST_CLASSES.toLocaleString('en')} classes, and how often each is taken for each has no room: evaluate on fewer.`,
    );
  }
  const places = new Uint32Array(body, 0, samples);
  const labels = new Uint16Array(body, 4 * samples, samples);
  const predictions = new Predictions(
    outputs.length,
    new Uint16Array(body, 6 * samples, samples * outputs.length),
  );
  const writers =
    names && decodeWriters({ names, indexes: new Uint16Array(body, (6 + 2 * outputs.length) * samples) });
  if (covers.length !== classes.length) throw new Error('not as many covers as classes');
  if (labels.some((label) => label >= classes.length)) throw new Error('a label of no class');
  if (places.some((place, row) => row > 0 && place <= (places[row - 1] ?? 0)))
    throw new Error('places in no order');
  if (!predictions.sound) throw new Error('a probability above 1');
  return { header, places, labels, predictions, writers };
}
