import { readdir } from 'node:fs/promises';
import { tryLock } from '../../storage/lock';
import type { StoredDataset } from '../dataset';
import { CATALOG, type CatalogEntry } from '../download/catalog';
import { freeBytes } from '../download/diskSpace';
import { USUAL_TRANSFER, type TransferSettings } from '../download/settings';
import { DatasetError } from '../errors';
import type { DatasetWriter, NewDataset, SplitStream } from '../import/datasetWriter';
import { readOverlay, type SampleChange } from '../overlay';
import type { Split } from '../../base/split';
import { CachedDataset, unknownDataset } from './cachedDataset';
import { DatasetDownload, type DownloadMeans, type DownloadOptions } from './datasetDownload';
import type { DatasetEntry } from './datasetEntry';
import { DatasetHome } from './datasetHome';
import type { Manifest } from './manifest';
import { MY_HANDWRITING, MyHandwriting } from './myHandwriting';
import { MY_LINES, MyLines } from './myLines';
import type { StoredKind, VerifyOptions } from './storedKind';
import { changesIn } from './storedSplit';
import { sharingArchive, UnfinishedDownload } from './unfinishedDownload';
import { checkDescription, writeDataset } from './writeDataset';

export interface StoreOptions {
  readonly catalog?: readonly CatalogEntry[];
  readonly settings?: TransferSettings;
  /** Bytes that may still be written to the disk of a folder. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The datasets in a home folder, the samples that the pad kept among them. Any number of processes may use the same one at the same time. */
export class DatasetStore implements DatasetWriter {
  readonly handwriting: MyHandwriting;
  readonly lines: MyLines;
  private readonly means: DownloadMeans;
  /** The datasets that are not of the kind of downloads and imports. */
  private readonly own: ReadonlyMap<string, StoredKind>;

  constructor(
    readonly home: string,
    options: StoreOptions = {},
  ) {
    this.handwriting = new MyHandwriting(home);
    this.lines = new MyLines(home);
    this.own = new Map<string, StoredKind>([
      [MY_HANDWRITING, this.handwriting],
      [MY_LINES, this.lines],
    ]);
    this.means = {
      home: new DatasetHome(home),
      catalog: options.catalog ?? CATALOG,
      settings: options.settings ?? USUAL_TRANSFER,
      freeBytes: options.freeBytes ?? freeBytes,
    };
  }

  /** The folder of a dataset, whether it is there or not. */
  folder(id: string): string {
    return this.kindOf(id).folder;
  }

  /** The user's own samples first, then those of the catalog, then what was imported, by id. */
  async list(): Promise<DatasetEntry[]> {
    const known = [...this.own.keys(), ...this.means.catalog.map(({ id }) => id)];
    const stored = await readdir(this.means.home.folders.folder).catch(() => []);
    const imported = stored.filter((id) => ID.test(id) && !known.includes(id)).sort();
    const entries = await Promise.all([...known, ...imported].map((id) => this.find(id)));
    return entries.filter((entry) => entry !== undefined);
  }

  /** What is known of one dataset; undefined where it is neither stored nor in the catalog. */
  async find(id: string): Promise<DatasetEntry | undefined> {
    return ID.test(id) ? this.kindOf(id).entry() : undefined;
  }

  /** Whether an id stands for a dataset, be there anything of it yet or not. */
  async knows(id: string): Promise<boolean> {
    return ID.test(id) && (this.kindOf(id).isTaken() || (await this.find(id)) !== undefined);
  }

  /**
   * Opens a stored dataset, with what the user relabeled and excluded in it.
   *
   * @throws DatasetError where it is not stored, not whole, or known to be damaged
   */
  async open(id: string): Promise<StoredDataset> {
    return this.kindOf(id).open();
  }

  /**
   * What the user changed in a split of a stored dataset, by the place of the sample in the split as it is stored.
   *
   * @throws DatasetError where the dataset is not stored
   */
  async changes(id: string, split: Split): Promise<Map<number, SampleChange>> {
    const manifest = (await this.find(id))?.manifest;
    if (!manifest) throw unknownDataset(id);
    return changesIn(manifest, split, await readOverlay(this.folder(id)));
  }

  /**
   * Brings a dataset of the catalog here, or to its end, or in order again where it is damaged. Where it is here, and
   * whole, nothing is done. Another process that downloads the same is waited for.
   *
   * @throws DatasetError where that fails, and what was here is as it was; the signal's reason when it is aborted
   */
  async download(id: string, options: DownloadOptions = {}): Promise<Manifest> {
    const entry = this.inCatalog(id);
    if (entry) return new DatasetDownload(entry, this.means, options).run();
    const ids = this.means.catalog.map((each) => each.id).join(', ');
    throw new DatasetError(`There is no dataset "${id}" to download: choose one of ${ids}.`);
  }

  /**
   * Reads a stored dataset whole and compares it with its checksum. What is damaged is shown as that from then on.
   *
   * @throws DatasetError where it is not stored or damaged; the signal's reason when it is aborted
   */
  async verify(id: string, options: VerifyOptions = {}): Promise<Manifest> {
    return this.kindOf(id).verify(options);
  }

  /**
   * Takes a dataset from the disk, an unfinished download too.
   *
   * @throws DatasetError where there is none, or another process has it in hand
   */
  async remove(id: string): Promise<void> {
    const entry = await this.find(id);
    if (!entry || entry.state === 'absent') throw new DatasetError(`There is no dataset "${id}" to remove.`);
    const { home } = this.means;
    const held = await tryLock(home.lockFile(id));
    if (!held) throw new DatasetError(`${entry.name} is in use by another window: wait until it is done.`);
    try {
      await home.folders.dispose(this.folder(id));
      if (entry.catalog) await this.forgetDownload(entry.catalog);
    } finally {
      await held.release();
    }
  }

  private async forgetDownload(entry: CatalogEntry): Promise<void> {
    const left = new UnfinishedDownload(this.means.home, entry);
    await left.discard();
    const sharing = sharingArchive(this.means.catalog, entry);
    const others = await Promise.all(sharing.map(({ id }) => this.find(id)));
    if (others.every((other) => other?.state === 'absent' || other?.id === entry.id))
      await left.dropArchive();
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
    const { home } = this.means;
    const catalog = this.inCatalog(id);
    return home.locked(id, { signal }, async () => {
      if (this.kindOf(id).isTaken()) {
        throw new DatasetError(
          `There is a dataset "${id}" already: choose another name, or remove it first.`,
        );
      }
      const write = (folder: string) => writeDataset(folder, { id, dataset, splits, catalog }, signal);
      return home.folders.replace(id, write);
    });
  }

  /** @throws DatasetError where the id can be of no dataset */
  private kindOf(id: string): StoredKind {
    if (!ID.test(id)) throw unknownDataset(id);
    return this.own.get(id) ?? new CachedDataset(this.means.home, id, this.inCatalog(id));
  }

  private inCatalog(id: string): CatalogEntry | undefined {
    return this.means.catalog.find((each) => each.id === id);
  }
}
