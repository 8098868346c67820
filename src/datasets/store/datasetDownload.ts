import { rm } from 'node:fs/promises';
import path from 'node:path';
import { acquireFiles } from '../download/acquire';
import { downloadBytes, unpackedBytes, type CatalogEntry } from '../download/catalog';
import { checkSpace } from '../download/diskSpace';
import { pairOf, readLayout } from '../download/layout';
import { ProgressReporter, type DownloadProgress } from '../download/progress';
import type { TransferSettings } from '../download/settings';
import { DatasetError } from '../errors';
import { readIdxPair } from '../formats/idxStream';
import type { NewDataset } from '../import/datasetWriter';
import type { Samples } from '../samples';
import { writeCache } from './cache';
import type { DatasetHome } from './datasetHome';
import type { Manifest } from './manifest';
import { examine, writeManifest } from './manifestFile';
import { sharingArchive, UnfinishedDownload } from './unfinishedDownload';

export interface DownloadOptions {
  /** Ends the download; the next one goes on from there. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Base addresses that are asked instead of the publishers' own, one after the other. */
  readonly mirror?: string | readonly string[] | undefined;
}

/** What downloads are made with. */
export interface DownloadMeans {
  readonly home: DatasetHome;
  readonly catalog: readonly CatalogEntry[];
  readonly settings: TransferSettings;
  /** Bytes that may still be written to the disk of a folder. */
  readonly freeBytes: (folder: string) => Promise<number>;
}

/** Brings a dataset of the catalog here, or to its end, or in order again where it is damaged. */
export class DatasetDownload {
  private readonly folder: string;
  private readonly left: UnfinishedDownload;
  private readonly reporter: ProgressReporter;

  constructor(
    private readonly entry: CatalogEntry,
    private readonly means: DownloadMeans,
    private readonly options: DownloadOptions,
  ) {
    this.folder = means.home.folder(entry.id);
    this.left = new UnfinishedDownload(means.home, entry);
    this.reporter = new ProgressReporter(options.onProgress, downloadBytes(entry));
  }

  /**
   * Does nothing where the dataset is here, and whole. Another process that downloads the same is waited for.
   *
   * @throws DatasetError where that fails, and what was here is as it was; the signal's reason when it is aborted
   */
  run(): Promise<Manifest> {
    const onWaiting = () => this.reporter.report('waiting', 0);
    return this.means.home.locked(this.entry.id, { signal: this.options.signal, onWaiting }, async () => {
      const { manifest, whole } = await examine(this.folder);
      if (!manifest || !whole) await this.acquire();
      const built = manifest && whole ? manifest : await this.build();
      // also where nothing was to do: a process that was killed may have left what it needed
      await this.tidy();
      return built;
    });
  }

  private async acquire(): Promise<void> {
    const { entry, left, reporter } = this;
    const { home, settings, freeBytes } = this.means;
    const { signal, mirror = [] } = this.options;
    let planned = 0;
    await acquireFiles({
      entry,
      folder: path.join(this.folder, 'files'),
      downloads: home.downloads,
      mirrors: typeof mirror === 'string' ? [mirror].filter((each) => each !== '') : mirror,
      settings,
      signal,
      onBytes: (done, total) => {
        reporter.report('downloading', done, total);
        if (total === planned) return;
        planned = total;
        void left.plan(total);
      },
      onWaiting: () => reporter.report('waiting', 0),
      hasBegun: async () => (await left.bytes()).done > 0,
      onOffline: () => reporter.report('offline', 0),
      checkSpace: async ({ files, part = 0, archive = 0 }) => {
        const { own } = await left.bytes();
        // the parts are gone when the cached form is made
        const needed = archive + Math.max(0, files + Math.max(part, unpackedBytes(entry)) - own);
        checkSpace(entry.name, needed, await freeBytes(home.downloads), home.home);
      },
    });
  }

  /** Makes of the original files what training reads, and the manifest last. */
  private async build(): Promise<Manifest> {
    const { entry, folder, reporter } = this;
    const { signal } = this.options;
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
        license: entry.license,
        covers: [...layout.covers],
        officialSplits: ['train', 'test'],
      };
      const onBytes = (read: number) => reporter.report('checking', read, read);
      return await writeManifest(folder, { ...dataset, id: entry.id, counts }, onBytes, signal);
    } catch (error) {
      // what cannot be used is fetched anew the next time
      if (error instanceof DatasetError) await rm(files, { recursive: true, force: true });
      throw error;
    }
  }

  /** Takes away what a finished download needs no longer; an archive stays while another dataset may come from it. */
  private async tidy(): Promise<void> {
    await this.left.discard();
    const { home, catalog } = this.means;
    const sharing = sharingArchive(catalog, this.entry);
    const states = await Promise.all(sharing.map(({ id }) => examine(home.folder(id))));
    if (states.every(({ whole }) => whole)) await this.left.dropArchive();
  }
}

async function* counting(batches: AsyncIterable<Samples>, onBytes: (bytes: number) => void) {
  for await (const batch of batches) {
    yield batch;
    if (batch.kind === 'images') onBytes(batch.pixels.length + batch.labels.byteLength);
  }
}
