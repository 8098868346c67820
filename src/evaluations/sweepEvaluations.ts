import { largestOf } from '../base/vectors';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { modelChecksum } from '../models/checksum';
import { modelFolders } from '../models/modelStore';
import { EmbeddingsFile } from './embeddingsFile';
import { readEvaluationHeader, type EvaluationKey } from './evaluationFile';
import { readLineEvaluationHeader } from './lineEvaluationFile';
import { evaluationsFolder, readHeaderOf } from './computedFile';
import { EVALUATION_EXTENSION } from './evaluationStore';
import { LINE_EVALUATION_EXTENSION } from './lineEvaluationStore';

/** Milliseconds between two sweeps, and without use after which what belongs to nothing goes. */
const DAY = 24 * 60 * 60 * 1000;

/** What is still here, and with it what was computed of it. */
export interface StillHere {
  /** Folders of models beside those in the store: the bundled one. */
  readonly models: readonly string[];
  readonly hasData: (data: { id?: string | undefined; checksum: string }) => boolean;
}

/** What is computed of one split: an evaluation, or embeddings with their layouts. */
interface Computed {
  readonly files: readonly string[];
  readonly used: number;
  readonly key: EvaluationKey | undefined;
  /** Of an evaluation. */
  readonly modelFolder?: string | undefined;
  readonly datasetId?: string | undefined;
}

/**
 * Takes evaluations, embeddings and layouts of models and data that are gone from the disk, at most once a day. A model
 * that can still be brought back is not gone, and what was looked at within a day stays, for a window may have it open.
 *
 * @param now milliseconds since 1970
 */
export async function sweepEvaluations(
  home: string,
  stillHere: () => Promise<StillHere>,
  now = Date.now(),
): Promise<void> {
  const root = evaluationsFolder(home);
  const folders = (await readdir(root).catch(() => [])).filter((name) => /^[0-9a-f]{32}$/.test(name));
  const marker = path.join(root, 'swept');
  if (folders.length === 0 || now - (await usedAt(marker)) < DAY) return;
  await writeFile(marker, '');
  const store = modelFolders(home);
  await store.sweep().catch(() => undefined);
  const stored = await readdir(store.folder).catch(() => []);
  const { models, hasData } = await stillHere();
  const here = new ModelsHere([...models, ...stored.map((name) => path.join(store.folder, name))]);
  for (const name of folders) await sweepModel(path.join(root, name), here, hasData, now);
}

async function sweepModel(
  folder: string,
  here: ModelsHere,
  hasData: StillHere['hasData'],
  now: number,
): Promise<void> {
  const all = await computedIn(folder);
  const places = all.flatMap(({ modelFolder }) => modelFolder ?? []);
  for (const { files, used, key, datasetId } of all) {
    if (now - used < DAY) continue;
    const ids = all.filter((each) => each.key?.dataset === key?.dataset).map((each) => each.datasetId);
    const wanted =
      key &&
      (await here.has(key.model, places)) &&
      [datasetId, ...ids].some((id) => hasData({ id, checksum: key.dataset }));
    if (!wanted) for (const file of files) await rm(file, { force: true });
  }
}

/** The files of a folder, those of one computation together. */
async function computedIn(folder: string): Promise<Computed[]> {
  const groups = new Map<string, string[]>();
  for (const name of await readdir(folder)) {
    const stem = name.split('.')[0] ?? '';
    groups.set(stem, [...(groups.get(stem) ?? []), path.join(folder, name)]);
  }
  return Promise.all(
    [...groups].map(async ([stem, files]) => {
      const used = largestOf(await Promise.all(files.map(usedAt)));
      return { files, used, ...(await headerOf(path.join(folder, stem))) };
    }),
  );
}

/** @param file without its extension */
async function headerOf(file: string): Promise<Pick<Computed, 'key' | 'modelFolder' | 'datasetId'>> {
  const characters = readHeaderOf(`${file}${EVALUATION_EXTENSION}`, readEvaluationHeader);
  const lines = readHeaderOf(`${file}${LINE_EVALUATION_EXTENSION}`, readLineEvaluationHeader);
  const [evaluation] = (await Promise.allSettled([characters, lines])).flatMap((each) =>
    each.status === 'fulfilled' ? [each.value] : [],
  );
  if (evaluation) return evaluation;
  const embeddings = await EmbeddingsFile.open(`${file}${EVALUATION_EXTENSION}.embeddings`).catch(
    () => undefined,
  );
  await embeddings?.close();
  return { key: embeddings?.header.key };
}

/** Milliseconds since 1970 at which a file was written or looked at last; 0 where there is none. */
async function usedAt(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}

/** The models that are here, by their checksums. */
class ModelsHere {
  private readonly checksums = new Map<string, Promise<string | undefined>>();

  constructor(private readonly folders: readonly string[]) {}

  /** @param places where the model lay when something was computed of it */
  async has(checksum: string, places: readonly string[]): Promise<boolean> {
    for (const folder of [...places, ...this.folders]) {
      if ((await this.checksumOf(folder)) === checksum) return true;
    }
    return false;
  }

  private checksumOf(folder: string): Promise<string | undefined> {
    const known = this.checksums.get(folder) ?? modelChecksum(folder).catch(() => undefined);
    this.checksums.set(folder, known);
    return known;
  }
}
