import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { EmbeddingsFile } from '../../evaluations/embeddingsFile';
import { ModelError } from '../../models/errors';
import { type ProjectionMethod, readProjectionFile, writeProjection } from '../../evaluations/projectionFile';
import { MOST_PROJECTED, type ProjectionPhase } from '../../protocol/projection';
import { type EmbeddingsTask, embedStored } from '../evaluation/storedEmbeddings';
import type { Models } from '../evaluation/storedEvaluation';
import type { Points } from './points';
import { reduceInThread } from './reduceInThread';

/** One seed for all: whoever opens a projection again finds the same picture. */
const SEED = 1;
/** Numbers that a reduction takes, a few times 4 bytes of memory each: of wide embeddings fewer samples. */
const MOST_NUMBERS = 32 * 2 ** 20;

export interface ProjectionTask extends EmbeddingsTask {
  readonly method: ProjectionMethod;
}

export interface ProjectionEvents {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((phase: ProjectionPhase, done: number, total: number) => void) | undefined;
}

/**
 * A split's samples laid out by what the network makes of them: as it was stored beside their embeddings, or computed
 * and stored.
 *
 * @returns the file, for `readProjection`
 * @throws ModelError, DatasetError where there is no such model or split, it is too large, or the disk does not take
 *   it; the signal's reason when it is aborted
 */
export async function projectStored(
  models: Models,
  { method, ...task }: ProjectionTask,
  { signal, onProgress }: ProjectionEvents = {},
): Promise<string> {
  const most = Math.min(task.most, MOST_PROJECTED);
  const embeddings = await embedStored(
    models,
    { ...task, most },
    { signal, onProgress: (done, total) => onProgress?.('embedding', done, total) },
  );
  const opened = await EmbeddingsFile.open(embeddings);
  try {
    const file = `${embeddings}.${method}`;
    const { key, of } = opened.header;
    const stored = await readProjectionFile(file).catch(() => undefined);
    if (stored && isDeepStrictEqual(stored.header.key, key) && stored.header.seed === SEED) return file;
    const points = await pointsOf(opened);
    const coordinates = await reduceInThread({ points, method, seed: SEED }, { signal, onProgress });
    await writeFileAtomic(
      file,
      writeProjection({ key, of, method, seed: SEED }, opened.places, coordinates),
    ).catch((cause: unknown) => {
      throw new ModelError(`The projection cannot be kept in ${path.dirname(file)}: check the disk.`, {
        cause,
      });
    });
    return file;
  } finally {
    await opened.close();
  }
}

/** All embeddings at once. */
async function pointsOf(file: EmbeddingsFile): Promise<Points> {
  const { samples, width } = file.header;
  if (samples * width > MOST_NUMBERS) {
    const fitting = Math.floor(MOST_NUMBERS / width);
    throw new ModelError(
      `The network's embeddings are too wide for ${samples} samples: choose at most ${fitting}.`,
    );
  }
  const values = new Float32Array(samples * width);
  for await (const chunk of file.chunks()) values.set(chunk.values, chunk.from * width);
  return { count: samples, width, values };
}
