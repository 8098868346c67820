import { open, type FileHandle } from 'node:fs/promises';
import * as z from 'zod';
import { bytesOf, readArraysHeader, writeArraysFile } from './arraysFile';
import { ModelError } from '../models/errors';
import { evaluationKeySchema } from './evaluationFile';
import { fromFloat16, toFloat16 } from '../models/float16';

const MAGIC = 'SCRAWLEM';
/** More than any header takes. */
const HEADER_BYTES = 2 ** 22 + 2 ** 10;
/** Bytes of embeddings that are in memory at a time. */
const CHUNK_BYTES = 2 ** 22;

export const embeddingsHeaderSchema = z.object({
  version: z.literal(1),
  key: evaluationKeySchema,
  classes: z.array(z.string().min(1)).max(65_535),
  /** The split that places count in. */
  of: evaluationKeySchema.shape.split,
  samples: z.number().int().min(0),
  /** Numbers for each sample. */
  width: z.number().int().min(1).max(1_000_000),
  checksum: z.string(),
});
export type EmbeddingsHeader = z.infer<typeof embeddingsHeaderSchema>;

/** The bytes of an embeddings file: behind the header places (32 bits), labels (16 bits), embeddings (half precision). */
export function writeEmbeddings(
  header: Omit<EmbeddingsHeader, 'version' | 'checksum' | 'samples'>,
  places: Uint32Array,
  labels: Uint16Array,
  values: Uint16Array,
): Buffer {
  const body = [places, labels, values].map(bytesOf);
  return writeArraysFile(MAGIC, { ...header, version: 1, samples: places.length }, body);
}

/** An embeddings file that is read piece by piece; it must be closed. */
export class EmbeddingsFile {
  private constructor(
    private readonly handle: FileHandle,
    readonly header: EmbeddingsHeader,
    /** Place of each sample in the split as it is stored. */
    readonly places: Uint32Array,
    /** Class of each sample as it is stored. */
    readonly labels: Uint16Array,
    private readonly start: number,
  ) {}

  /** @throws ModelError where the file is missing, truncated, or none of embeddings */
  static async open(file: string): Promise<EmbeddingsFile> {
    const handle = await open(file).catch((cause: unknown) => {
      throw new ModelError('There are no such embeddings: compute them again.', { cause });
    });
    try {
      return await EmbeddingsFile.read(handle);
    } catch (cause) {
      await handle.close();
      throw new ModelError('The stored embeddings are damaged: compute them again.', { cause });
    }
  }

  private static async read(handle: FileHandle): Promise<EmbeddingsFile> {
    const { size } = await handle.stat();
    const beginning = await readPart(handle, 0, Math.min(size, HEADER_BYTES));
    const { header, bytes } = readArraysHeader(MAGIC, embeddingsHeaderSchema, Buffer.from(beginning));
    const { samples, width } = header;
    if (size !== bytes + samples * (4 + 2 + 2 * width)) throw new Error('of another length');
    const places = new Uint32Array(await readPart(handle, bytes, 4 * samples));
    const labels = new Uint16Array(await readPart(handle, bytes + 4 * samples, 2 * samples));
    if (labels.some((label) => label >= header.classes.length)) throw new Error('a label of no class');
    return new EmbeddingsFile(handle, header, places, labels, bytes + 6 * samples);
  }

  /** The embeddings, some samples at a time: [count, width], and the number of the first. */
  async *chunks(): AsyncGenerator<{ values: Float32Array; from: number; count: number }> {
    const { samples, width } = this.header;
    const most = Math.max(1, Math.floor(CHUNK_BYTES / (2 * width)));
    for (let from = 0; from < samples; from += most) {
      const count = Math.min(most, samples - from);
      const part = await readPart(this.handle, this.start + from * width * 2, count * width * 2);
      yield { values: Float32Array.from(new Uint16Array(part), (half) => numberOf(half)), from, count };
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** Keeps embeddings in half precision; what is too large for it becomes its largest number. */
export function compact(values: Float32Array): Uint16Array {
  return toFloat16(values.map((value) => Math.max(-65_504, Math.min(65_504, value))));
}

let table: Float32Array | undefined;

/** Looked up: millions are read for each question. */
function numberOf(half: number): number {
  table ??= fromFloat16(Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits));
  return table[half] ?? 0;
}

async function readPart(handle: FileHandle, position: number, bytes: number): Promise<ArrayBuffer> {
  const part = new Uint8Array(new ArrayBuffer(bytes));
  for (let done = 0; done < bytes;) {
    const { bytesRead } = await handle.read(part, done, bytes - done, position + done);
    if (bytesRead === 0) throw new Error('truncated');
    done += bytesRead;
  }
  return part.buffer;
}
