import type { Dataset, StoredDataset } from '../dataset';
import type { CatalogEntry } from '../download/catalog';
import { ProgressReporter } from '../download/progress';
import { DatasetError } from '../errors';
import { NO_OVERLAY, readOverlay, withNewTexts, type Overlay } from '../overlay';
import type { Split } from '../../base/split';
import { cacheChecksum, checkSizes, damaged, storedSplits } from './cache';
import type { DatasetEntry } from './datasetEntry';
import type { DatasetHome } from './datasetHome';
import type { Manifest } from './manifest';
import { examine, holdsDataset, markDamaged } from './manifestFile';
import { loadStored } from './readStored';
import type { StoredKind, VerifyOptions } from './storedKind';
import { changesIn, findStored } from './storedSplit';
import { UnfinishedDownload } from './unfinishedDownload';

/** A dataset that was downloaded or imported: its samples lie in files as training reads them. */
export class CachedDataset implements StoredKind {
  readonly folder: string;

  /** @param catalog where it can be downloaded */
  constructor(
    private readonly home: DatasetHome,
    private readonly id: string,
    private readonly catalog: CatalogEntry | undefined,
  ) {
    this.folder = home.folder(id);
  }

  isTaken(): boolean {
    return holdsDataset(this.folder);
  }

  async entry(): Promise<DatasetEntry | undefined> {
    const { id, catalog } = this;
    const name = catalog?.name ?? id;
    if (this.isTaken()) {
      const { manifest, whole } = await examine(this.folder);
      const bytes = manifest?.bytes ?? 0;
      const state = whole ? 'ready' : 'damaged';
      return {
        ...{ id, name: manifest?.name ?? name, state },
        ...{ doneBytes: bytes, totalBytes: bytes, manifest, catalog },
      };
    }
    if (!catalog) return undefined;
    const { done, total } = await new UnfinishedDownload(this.home, catalog).bytes();
    const state = done > 0 ? 'partial' : 'absent';
    return { id, name, state, doneBytes: done, totalBytes: total, catalog };
  }

  async open(): Promise<StoredDataset> {
    const { name, state, manifest } = await this.known();
    if (state === 'damaged') throw damaged(name);
    if (!manifest) {
      const how = state === 'partial' ? 'not downloaded to its end yet' : 'not downloaded yet';
      throw new DatasetError(`${name} is ${how}: download ${this.id} first.`);
    }
    const { id, folder } = this;
    const { officialSplits, checksum } = manifest;
    const openWith = (
      overlay: () => Overlay | Promise<Overlay>,
      { classes, covers }: Pick<Manifest, 'classes' | 'covers'>,
    ): Dataset => {
      const locate = async (split: Split) =>
        findStored(folder, { ...manifest, classes }, split, await overlay());
      const load = async (split: Split) => loadStored(await locate(split));
      return { id, classes, covers, officialSplits, problems: [], locate, load };
    };
    const stored = {
      dataset: openWith(() => NO_OVERLAY, manifest),
      checksum,
      changes: async (split: Split) => changesIn(manifest, split, await readOverlay(folder)),
    };
    return {
      ...openWith(() => readOverlay(folder), withNewTexts(manifest, await readOverlay(folder))),
      stored,
    };
  }

  /** As the interface says; what is damaged is shown as that from then on. */
  async verify({ signal, onProgress }: VerifyOptions): Promise<Manifest> {
    const { name, state, manifest } = await this.known();
    if (!manifest && state !== 'damaged') {
      throw new DatasetError(`${name} is not here to be verified: download ${this.id} first.`);
    }
    const reporter = new ProgressReporter(onProgress, manifest?.bytes ?? 0);
    const onWaiting = () => reporter.report('waiting', 0);
    return this.home.locked(this.id, { signal, onWaiting }, async () => {
      const isWhole = manifest && (await this.isAsStored(manifest, reporter, signal));
      await markDamaged(this.folder, !isWhole);
      if (!isWhole) throw damaged(name);
      return manifest;
    });
  }

  private async known(): Promise<DatasetEntry> {
    const entry = await this.entry();
    if (!entry) throw unknownDataset(this.id);
    return entry;
  }

  private async isAsStored(
    manifest: Manifest,
    reporter: ProgressReporter,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    try {
      const splits = storedSplits(manifest);
      await checkSizes(this.folder, manifest, splits);
      const onBytes = (done: number) => reporter.report('checking', done, manifest.bytes);
      return (await cacheChecksum(this.folder, splits, onBytes, signal)).checksum === manifest.checksum;
    } catch (error) {
      if (error instanceof DatasetError) return false;
      throw error;
    }
  }
}

export function unknownDataset(id: string): DatasetError {
  return new DatasetError(`There is no dataset "${id}": see which there are with "scrawl datasets list".`);
}
