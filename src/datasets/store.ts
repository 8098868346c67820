import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { cacheChecksum, checkSizes, damaged, storedSplits, writeCache } from './cache';
import { CATALOGUE, downloadBytes, unpackedBytes, type CatalogueEntry } from './catalogue';
import { acquireFiles, partOf } from './download/acquire';
import { archiveOf } from './download/archive';
import { checkSpace, freeBytes } from './download/diskSpace';
import { isLockInTheMaking, tryLock, withLock } from '../storage/lock';
import { ProgressReporter, type DownloadProgress } from './download/progress';
import { USUAL_TRANSFER, type TransferSettings } from './download/settings';
import { DatasetError } from './errors';
import { readIdxPair } from './idxStream';
import type { DatasetWriter, NewDataset, SplitStream } from './import/datasetWriter';
import { pairOf, readLayout } from './layout';
import { manifestSchema, type Manifest } from './manifest';
import { MY_HANDWRITING, MyHandwriting } from './myHandwriting';
import { NO_OVERLAY, readOverlay, type Overlay, type SampleChange } from './overlay';
import type { Dataset, Samples, Split, StoredDataset } from './samples';
import { changesIn, findStored, loadStored } from './storedSplit';

/** What is known of a dataset that is stored or can be downloaded. */
export interface DatasetEntry {
  readonly id: string;
  readonly name: string;
  /** `partial`: a download was begun, and goes on from there. */
  readonly state: 'absent' | 'partial' | 'ready' | 'damaged';
  /** Bytes that are there of those that the download takes; of a stored dataset all that it takes on the disk. */
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** Where the dataset is stored. */
  readonly manifest?: Manifest | undefined;
  /** Where it can be downloaded. */
  readonly catalogue?: CatalogueEntry | undefined;
}

export interface DownloadOptions {
  /** Ends the download; the next one goes on from there. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Base addresses that are asked instead of the publishers' own, one after the other. */
  readonly mirror?: string | readonly string[] | undefined;
}

export interface StoreOptions {
  readonly catalogue?: readonly CatalogueEntry[];
  readonly settings?: TransferSettings;
  /** Bytes that may still be written to the disk of a folder. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

const MANIFEST = 'dataset.json';
/** Stands beside the manifest of a dataset that did not pass its verification. */
const DAMAGED = 'damaged';
/** Milliseconds after which nobody works any longer on a file that takes an instant. */
const LEFT_BEHIND = 60_000;
/** What a manifest says of a dataset before it is written. */
const newDatasetSchema = manifestSchema.omit({ id: true, counts: true, checksum: true, bytes: true });
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The datasets in a home folder, the samples that the pad kept among them. Any number of processes may use the same one at the same time. */
export class DatasetStore implements DatasetWriter {
  readonly handwriting: MyHandwriting;
  private readonly catalogue: readonly CatalogueEntry[];
  private readonly settings: TransferSettings;
  private readonly freeBytes: (folder: string) => Promise<number>;

  constructor(
    readonly home: string,
    options: StoreOptions = {},
  ) {
    this.handwriting = new MyHandwriting(home);
    this.catalogue = options.catalogue ?? CATALOGUE;
    this.settings = options.settings ?? USUAL_TRANSFER;
    this.freeBytes = options.freeBytes ?? freeBytes;
  }

  /** The folder of a dataset, whether it is there or not. */
  folder(id: string): string {
    if (!ID.test(id)) throw unknown(id);
    if (id === MY_HANDWRITING) return this.handwriting.folder;
    return path.join(this.home, 'datasets', id);
  }

  /** The user's own handwriting first, then those of the catalogue, then what was imported, by id. */
  async list(): Promise<DatasetEntry[]> {
    const known = [MY_HANDWRITING, ...this.catalogue.map(({ id }) => id)];
    const stored = await readdir(path.join(this.home, 'datasets')).catch(() => []);
    const imported = stored.filter((id) => ID.test(id) && !known.includes(id)).sort();
    const entries = await Promise.all([...known, ...imported].map((id) => this.find(id)));
    return entries.filter((entry) => entry !== undefined);
  }

  /** What is known of one dataset; undefined where it is neither stored nor in the catalogue. */
  async find(id: string): Promise<DatasetEntry | undefined> {
    if (!ID.test(id)) return undefined;
    if (id === MY_HANDWRITING) return this.findHandwriting();
    const catalogue = this.catalogue.find((entry) => entry.id === id);
    const name = catalogue?.name ?? id;
    if (existsSync(path.join(this.folder(id), MANIFEST))) {
      const { manifest, whole } = await this.examine(id);
      const bytes = manifest?.bytes ?? 0;
      return {
        id,
        name: manifest?.name ?? name,
        state: whole ? 'ready' : 'damaged',
        doneBytes: bytes,
        totalBytes: bytes,
        manifest,
        catalogue,
      };
    }
    if (!catalogue) return undefined;
    const { done, total } = await this.unfinished(catalogue);
    return {
      id,
      name,
      state: done > 0 ? 'partial' : 'absent',
      doneBytes: done,
      totalBytes: total,
      catalogue,
    };
  }

  private async findHandwriting(): Promise<DatasetEntry | undefined> {
    const manifest = await this.handwriting.manifest();
    if (!manifest && (await this.handwriting.list()).length === 0) return undefined;
    const bytes = manifest?.bytes ?? 0;
    return {
      id: MY_HANDWRITING,
      name: manifest?.name ?? MY_HANDWRITING,
      state: manifest ? 'ready' : 'damaged',
      doneBytes: bytes,
      totalBytes: bytes,
      manifest,
    };
  }

  /** The manifest, and whether what it speaks of looks whole at a quick look. */
  private async examine(id: string): Promise<{ manifest?: Manifest | undefined; whole: boolean }> {
    const folder = this.folder(id);
    let manifest: Manifest | undefined;
    try {
      manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(folder, MANIFEST), 'utf8')));
      await checkSizes(folder, manifest, storedSplits(manifest));
      return { manifest, whole: !existsSync(path.join(folder, DAMAGED)) };
    } catch {
      // whatever it is, the dataset cannot be used
      return { manifest, whole: false };
    }
  }

  /** Bytes of an unfinished download, of those that it takes; its own ones without the archive that others share. */
  private async unfinished(entry: CatalogueEntry): Promise<{ done: number; total: number; own: number }> {
    const parts = entry.files.map(({ name }) => partOf(this.downloads, entry, name).file);
    const files = entry.files.map(({ name }) => path.join(this.folder(entry.id), 'files', name));
    const own = (await Promise.all([...parts, ...files].map(sizeOf))).reduce((sum, size) => sum + size, 0);
    const planned = Number(await readFile(this.planFile(entry.id), 'utf8').catch(() => ''));
    const total = planned || downloadBytes(entry);
    const waitsForArchive = entry.source.kind === 'archive' && own === 0 && planned > 0;
    const archive = waitsForArchive ? await sizeOf(archiveOf(this.downloads, entry.source).part.file) : 0;
    return { done: own + archive, total: Math.max(own + archive, total), own };
  }

  /**
   * Opens a stored dataset, with what the user relabelled and excluded in it.
   *
   * @throws DatasetError where it is not stored, not whole, or known to be damaged
   */
  async open(id: string): Promise<StoredDataset> {
    if (id === MY_HANDWRITING) return this.handwriting.open();
    const entry = await this.find(id);
    if (!entry) throw unknown(id);
    if (entry.state === 'damaged') throw damaged(entry.name);
    const { manifest } = entry;
    if (!manifest) {
      throw new DatasetError(
        `${entry.name} is not downloaded${entry.state === 'partial' ? ' to its end' : ''} yet: download ${id} first.`,
      );
    }
    const folder = this.folder(id);
    const { classes, covers, officialSplits, checksum } = manifest;
    const openWith = (overlay: () => Overlay | Promise<Overlay>): Dataset => {
      const locate = async (split: Split) => findStored(folder, manifest, split, await overlay());
      const load = async (split: Split) => loadStored(await locate(split));
      return { id, classes, covers, officialSplits, problems: [], locate, load };
    };
    const stored = {
      dataset: openWith(() => NO_OVERLAY),
      checksum,
      changes: async (split: Split) => changesIn(manifest, split, await readOverlay(folder)),
    };
    return { ...openWith(() => readOverlay(folder)), stored };
  }

  /**
   * What the user changed in a split of a stored dataset, by the place of the sample in the split as it is stored.
   *
   * @throws DatasetError where the dataset is not stored
   */
  async changes(id: string, split: Split): Promise<Map<number, SampleChange>> {
    const manifest = (await this.find(id))?.manifest;
    if (!manifest) throw unknown(id);
    return changesIn(manifest, split, await readOverlay(this.folder(id)));
  }

  /**
   * Brings a dataset of the catalogue here, or to its end, or in order again where it is damaged. Where it is here, and
   * whole, nothing is done. Another process that downloads the same is waited for.
   *
   * @throws DatasetError where that fails, and what was here is as it was; the signal's reason when it is aborted
   */
  async download(id: string, options: DownloadOptions = {}): Promise<Manifest> {
    const entry = this.catalogue.find((each) => each.id === id);
    if (!entry) {
      const ids = this.catalogue.map((each) => each.id).join(', ');
      throw new DatasetError(`There is no dataset "${id}" to download: choose one of ${ids}.`);
    }
    const reporter = new ProgressReporter(options.onProgress, downloadBytes(entry));
    return this.locked(id, { ...options, onWaiting: () => reporter.report('waiting', 0) }, async () => {
      const { manifest, whole } = await this.examine(id);
      if (manifest && whole) {
        // a process that was killed may have left what it needed
        await this.tidy(entry);
        return manifest;
      }
      await this.acquire(entry, options, reporter);
      const built = await this.build(entry, options, reporter);
      await this.tidy(entry);
      return built;
    });
  }

  private async acquire(
    entry: CatalogueEntry,
    { signal, mirror = [] }: DownloadOptions,
    reporter: ProgressReporter,
  ): Promise<void> {
    let planned = 0;
    await acquireFiles({
      entry,
      folder: path.join(this.folder(entry.id), 'files'),
      downloads: this.downloads,
      mirrors: typeof mirror === 'string' ? [mirror].filter((each) => each !== '') : mirror,
      settings: this.settings,
      signal,
      onBytes: (done, total) => {
        reporter.report('downloading', done, total);
        if (total === planned) return;
        planned = total;
        // only for showing: a list without it says about how much it is
        void writeFile(this.planFile(entry.id), String(total)).catch(() => undefined);
      },
      onWaiting: () => reporter.report('waiting', 0),
      hasBegun: async () => (await this.unfinished(entry)).done > 0,
      onOffline: () => reporter.report('offline', 0),
      checkSpace: async ({ files, part = 0, archive = 0 }) => {
        const { own } = await this.unfinished(entry);
        // the parts are gone when the cached form is made
        const needed = archive + Math.max(0, files + Math.max(part, unpackedBytes(entry)) - own);
        checkSpace(entry.name, needed, await this.freeBytes(this.downloads), this.home);
      },
    });
  }

  /** Makes of the original files what training reads, and the manifest last. */
  private async build(
    entry: CatalogueEntry,
    { signal }: DownloadOptions,
    reporter: ProgressReporter,
  ): Promise<Manifest> {
    const folder = this.folder(entry.id);
    const files = path.join(folder, 'files');
    try {
      const layout = await readLayout(entry, files);
      const shape = {
        kind: 'images' as const,
        height: entry.side,
        width: entry.side,
        classes: [...layout.classes],
      };
      const total = unpackedBytes(entry);
      let done = 0;
      const counts: Manifest['counts'] = {};
      for (const split of ['test', 'train'] as const) {
        const batches = counting(readIdxPair(pairOf(entry, files, split, layout)), (bytes) => {
          reporter.report('building', (done += bytes), total);
        });
        counts[split] = await writeCache(folder, split, batches, shape, signal);
      }
      const dataset: NewDataset = {
        ...shape,
        name: entry.name,
        source: entry.source.addresses[0] ?? '',
        licence: entry.licence,
        covers: [...layout.covers],
        officialSplits: ['train', 'test'],
      };
      return await this.finish(folder, { ...dataset, id: entry.id, counts }, reporter, signal);
    } catch (error) {
      // what cannot be used is fetched anew the next time
      if (error instanceof DatasetError) await rm(files, { recursive: true, force: true });
      throw error;
    }
  }

  private async finish(
    folder: string,
    dataset: Omit<Manifest, 'checksum' | 'bytes'>,
    reporter: ProgressReporter | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Manifest> {
    const splits = storedSplits(dataset);
    const { checksum, bytes } = await cacheChecksum(
      folder,
      splits,
      (done) => reporter?.report('checking', done, done),
      signal,
    );
    const originals = await readdir(path.join(folder, 'files')).catch(() => []);
    const sizes = await Promise.all(originals.map((name) => sizeOf(path.join(folder, 'files', name))));
    const manifest = { ...dataset, checksum, bytes: sizes.reduce((sum, size) => sum + size, bytes) };
    await writeFileAtomic(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
    await rm(path.join(folder, DAMAGED), { force: true });
    return manifest;
  }

  /** Takes away what a finished download needs no longer; an archive stays while another dataset may come from it. */
  private async tidy(entry: CatalogueEntry): Promise<void> {
    await rm(this.planFile(entry.id), { force: true });
    for (const { name } of entry.files) await partOf(this.downloads, entry, name).discard();
    const siblings = this.sharing(entry);
    const states = await Promise.all(siblings.map(({ id }) => this.examine(id)));
    if (states.every(({ whole }) => whole)) await this.dropArchive(entry);
  }

  /** The datasets that come from the same archive. */
  private sharing({ source }: CatalogueEntry): readonly CatalogueEntry[] {
    return source.kind === 'archive' ? this.catalogue.filter((each) => each.source === source) : [];
  }

  private async dropArchive({ source }: CatalogueEntry): Promise<void> {
    if (source.kind !== 'archive') return;
    const { file, lock, part } = archiveOf(this.downloads, source);
    const held = await tryLock(lock);
    // whoever downloads it just now still needs it
    if (!held) return;
    try {
      await rm(file, { force: true });
      await part.discard();
    } finally {
      await held.release();
    }
  }

  /**
   * Reads a stored dataset whole and compares it with its checksum. What is damaged is shown as that from then on.
   *
   * @throws DatasetError where it is not stored or damaged; the signal's reason when it is aborted
   */
  async verify(id: string, options: Omit<DownloadOptions, 'mirror'> = {}): Promise<Manifest> {
    if (id === MY_HANDWRITING) return this.handwriting.verify();
    const entry = await this.find(id);
    if (!entry) throw unknown(id);
    const { manifest } = entry;
    const folder = this.folder(id);
    if (!manifest && entry.state !== 'damaged') {
      throw new DatasetError(`${entry.name} is not here to be verified: download ${id} first.`);
    }
    const reporter = new ProgressReporter(options.onProgress, manifest?.bytes ?? 0);
    return this.locked(id, { ...options, onWaiting: () => reporter.report('waiting', 0) }, async () => {
      const checked = manifest && (await this.compare(folder, manifest, reporter, options.signal));
      if (checked) {
        await rm(path.join(folder, DAMAGED), { force: true });
        return manifest;
      }
      await writeFile(path.join(folder, DAMAGED), '');
      throw damaged(entry.name);
    });
  }

  private async compare(
    folder: string,
    manifest: Manifest,
    reporter: ProgressReporter,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    try {
      const splits = storedSplits(manifest);
      await checkSizes(folder, manifest, splits);
      const onBytes = (done: number) => reporter.report('checking', done, manifest.bytes);
      return (await cacheChecksum(folder, splits, onBytes, signal)).checksum === manifest.checksum;
    } catch (error) {
      if (error instanceof DatasetError) return false;
      throw error;
    }
  }

  /**
   * Takes a dataset from the disk, an unfinished download too.
   *
   * @throws DatasetError where there is none, or another process has it in hand
   */
  async remove(id: string): Promise<void> {
    const entry = await this.find(id);
    if (!entry || entry.state === 'absent') throw new DatasetError(`There is no dataset "${id}" to remove.`);
    const held = await tryLock(this.lockFile(id));
    if (!held) throw new DatasetError(`${entry.name} is in use by another window: wait until it is done.`);
    try {
      await this.dispose(this.folder(id));
      const { catalogue } = entry;
      if (!catalogue) return;
      await rm(this.planFile(id), { force: true });
      for (const { name } of catalogue.files) await partOf(this.downloads, catalogue, name).discard();
      const siblings = await Promise.all(this.sharing(catalogue).map((each) => this.find(each.id)));
      if (siblings.every((each) => each?.state === 'absent' || each?.id === id))
        await this.dropArchive(catalogue);
    } finally {
      await held.release();
    }
  }

  /** Removes a folder in one step, as far as anybody sees it. */
  private async dispose(folder: string): Promise<void> {
    const aside = path.join(this.home, 'datasets', `.old-${randomUUID()}`);
    await mkdir(path.dirname(aside), { recursive: true });
    if (existsSync(folder)) await rename(folder, aside);
    await rm(aside, { recursive: true, force: true });
  }

  async write(
    id: string,
    dataset: NewDataset,
    splits: readonly SplitStream[],
    signal?: AbortSignal,
  ): Promise<Manifest> {
    if (!ID.test(id)) {
      throw new DatasetError(`"${id}" cannot name a dataset: use small letters, digits, dots and dashes.`);
    }
    checkDescription(dataset);
    return this.locked(id, { signal }, async () => {
      if (id === MY_HANDWRITING || existsSync(path.join(this.folder(id), MANIFEST))) {
        throw new DatasetError(
          `There is a dataset "${id}" already: choose another name, or remove it first.`,
        );
      }
      const temporary = path.join(this.home, 'datasets', `.new-${id}`);
      await rm(temporary, { recursive: true, force: true });
      try {
        const counts: Manifest['counts'] = {};
        for (const { split, batches } of splits) {
          counts[split] = await writeCache(temporary, split, batches, dataset, signal);
        }
        if (
          !Object.values(counts)
            .flat()
            .some((count) => count > 0)
        ) {
          throw new DatasetError(`${dataset.name} holds no samples: nothing is stored.`);
        }
        const known = this.catalogue.find((entry) => entry.id === id);
        if (known) checkIsWhole(known, counts);
        const manifest = await this.finish(temporary, { ...dataset, id, counts }, undefined, signal);
        await this.dispose(this.folder(id));
        await rename(temporary, this.folder(id));
        return manifest;
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    });
  }

  /** Does the work while no other process has the dataset in hand. */
  private async locked<T>(
    id: string,
    options: { signal?: AbortSignal | undefined; onWaiting?: () => void },
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      await mkdir(path.join(this.home, 'datasets'), { recursive: true });
      await mkdir(this.downloads, { recursive: true });
      return await withLock(this.lockFile(id), options, async () => {
        await this.sweep();
        return work();
      });
    } catch (error) {
      throw explained(error, this.home);
    }
  }

  /** Takes away what a process that was killed left of what it wrote or removed. */
  private async sweep(): Promise<void> {
    for (const name of await readdir(this.downloads)) {
      const file = path.join(this.downloads, name);
      if (isLockInTheMaking(name) && (await ageOf(file)) > LEFT_BEHIND) await rm(file, { force: true });
    }
    const folder = path.join(this.home, 'datasets');
    for (const name of await readdir(folder)) {
      const file = path.join(folder, name);
      if (name.startsWith('.old-')) await rm(file, { recursive: true, force: true });
      if (!name.startsWith('.new-')) continue;
      const held = await tryLock(this.lockFile(name.slice('.new-'.length)));
      if (!held) continue;
      await rm(file, { recursive: true, force: true });
      await held.release();
    }
  }

  private get downloads(): string {
    return path.join(this.home, 'downloads');
  }

  private lockFile(id: string): string {
    return path.join(this.downloads, `${id}.lock`);
  }

  private planFile(id: string): string {
    return path.join(this.downloads, `${id}.bytes`);
  }
}

async function* counting(batches: AsyncIterable<Samples>, onBytes: (bytes: number) => void) {
  for await (const batch of batches) {
    yield batch;
    if (batch.kind === 'images') onBytes(batch.pixels.length + batch.labels.byteLength);
  }
}

/** Milliseconds since a file was written. */
async function ageOf(file: string): Promise<number> {
  return Date.now() - ((await stat(file).catch(() => undefined))?.mtimeMs ?? Infinity);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

/** @throws DatasetError where no manifest can say it */
function checkDescription(dataset: NewDataset): void {
  const [issue] = newDatasetSchema.safeParse(dataset).error?.issues ?? [];
  if (!issue) return;
  const where = `${issue.path.join('.')}: ${issue.message}`;
  throw new DatasetError(
    `The data cannot be described as a dataset (${where}): name or label them otherwise.`,
  );
}

/**
 * Data that came another way than by download may have the id of a dataset of the catalogue where they are all of it.
 *
 * @throws DatasetError where they are not
 */
function checkIsWhole({ id, name, samples }: CatalogueEntry, counts: Manifest['counts']): void {
  const sumOf = (split: Split) => (counts[split] ?? []).reduce((sum, count) => sum + count, 0);
  if (sumOf('train') === samples.train && sumOf('test') === samples.test) return;
  const whole = `${samples.train.toLocaleString('en')} + ${samples.test.toLocaleString('en')} samples`;
  throw new DatasetError(
    `"${id}" stands for the whole of ${name}, ${whole}, and this is not it: choose another name.`,
  );
}

function unknown(id: string): DatasetError {
  return new DatasetError(`There is no dataset "${id}": see which there are with "scrawl datasets list".`);
}

/** What the file system says when nothing can be written, as a sentence. */
function explained(error: unknown, home: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new DatasetError(`The disk of ${home} is full: free some space and go on.`, { cause: error });
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'ENOTDIR') {
    return new DatasetError(`${home} cannot be written to: choose another folder with --home.`, {
      cause: error,
    });
  }
  return error;
}
