import * as z from 'zod';
import { ModelError } from '../models/errors';
import { readArraysFile, readArraysHeader, writeArraysFile } from './arraysFile';
import { evaluationHeaderSchema, evaluationKeySchema } from './evaluationFile';

const MAGIC = 'SCRAWLLE';
/** A million lines of a hundred characters. */
export const MOST_LINE_EVALUATION_BYTES = 2 ** 28;

/** What readings depend on. */
export const lineEvaluationKeySchema = evaluationKeySchema.extend({
  /** How the network's output was decoded. */
  decoding: z.string().min(1).max(1000),
  /** SHA-256 of what the decoder weighs with; none where a Scrawl read that did not say so. */
  decoder: evaluationKeySchema.shape.model.optional(),
  /** SHA-256 of the texts that lines have, for a checksum of ink does not see them; none in an older file. */
  texts: evaluationKeySchema.shape.model.optional(),
});
export type LineEvaluationKey = z.infer<typeof lineEvaluationKeySchema>;

const headerSchema = evaluationHeaderSchema
  .omit({ outputs: true, classes: true, covers: true, writers: true })
  .extend({
    key: lineEvaluationKeySchema,
    /** The lines say who wrote them, where that is known; those of an older file do not. */
    writers: z.literal(true).optional(),
    /** Of all behind the header. */
    bytes: z.number().int().min(0),
  });
export type LineEvaluationHeader = z.infer<typeof headerSchema>;

/** Place in the split as it is stored, the text that is stored there, what the model read, and who wrote it. */
const linesSchema = z.array(
  z.tuple([z.number().int().min(0), z.string(), z.string(), z.string().optional()]),
);

/** A line of a split and what was read from it. */
export interface EvaluatedLine {
  /** Place in the split as it is stored. */
  readonly place: number;
  /** As it is stored. */
  readonly text: string;
  readonly answer: string;
  /** Where it is known. */
  readonly writer?: string | undefined;
}

/** What a model read from the lines of a split, as it lies on disk. */
export interface StoredLineEvaluation {
  readonly header: LineEvaluationHeader;
  /** By their places, ascending. */
  readonly lines: readonly EvaluatedLine[];
}

/** The bytes of the file: behind the header the lines as JSON. */
export function writeLineEvaluation({
  header,
  lines,
}: {
  readonly header: Omit<LineEvaluationHeader, 'version' | 'samples' | 'checksum' | 'bytes'>;
  readonly lines: readonly EvaluatedLine[];
}): Buffer {
  const body = Buffer.from(
    JSON.stringify(
      lines.map(({ place, text, answer, writer }) => [
        place,
        text,
        answer,
        ...(writer === undefined ? [] : [writer]),
      ]),
    ),
  );
  const about = { ...header, version: 1, samples: lines.length, bytes: body.length };
  return writeArraysFile(MAGIC, about, [body]);
}

/**
 * Reads what `writeLineEvaluation` wrote.
 *
 * @throws ModelError where the file is truncated, or not what it says it is
 */
export function readLineEvaluation(file: Buffer): StoredLineEvaluation {
  try {
    const { header, body } = readArraysFile(MAGIC, headerSchema, file, ({ bytes }) => bytes);
    const lines = linesSchema.parse(JSON.parse(Buffer.from(body).toString('utf8')));
    return {
      header,
      lines: lines.map(([place, text, answer, writer]) => ({
        place,
        text,
        answer,
        ...(writer !== undefined && { writer }),
      })),
    };
  } catch (cause) {
    throw new ModelError('The stored evaluation is damaged: evaluate the model again.', { cause });
  }
}

/** The header of the file, of which at least the header is given. */
export function readLineEvaluationHeader(file: Buffer): LineEvaluationHeader {
  return readArraysHeader(MAGIC, headerSchema, file).header;
}
