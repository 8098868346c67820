import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tryLock } from '../../storage/lock';
import { partOf } from '../download/acquire';
import { archiveOf } from '../download/archive';
import { downloadBytes, type CatalogEntry } from '../download/catalog';
import type { DatasetHome } from './datasetHome';
import { sizeOf } from './manifestFile';

/** What lies on the disk of a download until it is done. */
export class UnfinishedDownload {
  constructor(
    private readonly home: DatasetHome,
    private readonly entry: CatalogEntry,
  ) {}

  /** Bytes that are there, of those that it takes; its own ones without the archive that others share. */
  async bytes(): Promise<{ done: number; total: number; own: number }> {
    const { files, id, source } = this.entry;
    const places = files.flatMap(({ name }) => [
      partOf(this.home.downloads, this.entry, name).file,
      path.join(this.home.folder(id), 'files', name),
    ]);
    const own = (await Promise.all(places.map(sizeOf))).reduce((sum, size) => sum + size, 0);
    const planned = Number(await readFile(this.planFile, 'utf8').catch(() => ''));
    const total = planned || downloadBytes(this.entry);
    const waitsForArchive = source.kind === 'archive' && own === 0 && planned > 0;
    const archive = waitsForArchive ? await sizeOf(archiveOf(this.home.downloads, source).part.file) : 0;
    return { done: own + archive, total: Math.max(own + archive, total), own };
  }

  /** Notes how many bytes the download takes, only for showing: without it, it is known roughly. */
  async plan(bytes: number): Promise<void> {
    await writeFile(this.planFile, String(bytes)).catch(() => undefined);
  }

  async discard(): Promise<void> {
    await rm(this.planFile, { force: true });
    for (const { name } of this.entry.files) await partOf(this.home.downloads, this.entry, name).discard();
  }

  /** Takes the archive away that the dataset came from. */
  async dropArchive(): Promise<void> {
    const { source } = this.entry;
    if (source.kind !== 'archive') return;
    const { file, lock, part } = archiveOf(this.home.downloads, source);
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

  private get planFile(): string {
    return path.join(this.home.downloads, `${this.entry.id}.bytes`);
  }
}

/** The datasets of a catalog that come from the same archive as one of them. */
export function sharingArchive(catalog: readonly CatalogEntry[], { source }: CatalogEntry): CatalogEntry[] {
  return source.kind === 'archive' ? catalog.filter((each) => each.source === source) : [];
}
