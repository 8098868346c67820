import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InkError } from '../../ink/errors';
import { readInkml } from '../../ink/inkml';
import { PICTURE_SIZE } from '../../ink/rasterize';
import { withLock } from '../../storage/lock';
import { DatasetError } from '../errors';
import { writeCachedInk } from './inkCache';
import { inkDataset, inkmlSamples, isUsable, type InkSample } from '../formats/inkDataset';
import { KeptInk, type WrittenSample } from './keptInk';
import type { DatasetEntry } from './datasetEntry';
import type { Manifest } from './manifest';
import type { StoredKind } from './storedKind';
import { applyChanges, changesOf, forgetSample, readOverlay, withNewTexts } from '../overlay';
import type { Dataset, StoredDataset } from '../dataset';
import type { InkSamples } from '../samples';

/** The writer of a sample that names none: as every other, the user stands on one side of a split. */
const ME = 'me';
/** Files that are read at a time. */
const AT_ONCE = 32;

/** What a dataset of the user's own samples is called. */
export interface KeptName {
  readonly id: string;
  readonly name: string;
  /** Where nothing is kept: one sentence with what to do. */
  readonly none: string;
}

/** What a file holds, or why it cannot be read. */
interface Kept {
  readonly name: string;
  readonly samples: readonly InkSample[];
  readonly bytes: number;
  readonly problem?: string;
}

/** All that is kept, as it was kept. */
interface Collection {
  readonly kept: readonly Kept[];
  readonly dataset: Dataset;
  readonly manifest: Manifest;
}

/**
 * Samples that the pad keeps, as a dataset: an InkML file each, named by the time, so that any number of windows may add
 * to them and none is ever half written. They are never sent anywhere.
 */
export class KeptDataset implements StoredKind {
  readonly folder: string;
  private readonly files: KeptInk;
  /** Files that were read: none changes once it is written. */
  private readonly read = new Map<string, Kept>();
  private collection: Collection | undefined;

  /** @param home the folder that datasets lie in */
  constructor(
    home: string,
    private readonly called: KeptName,
    now?: () => Date,
  ) {
    this.folder = path.join(home, called.id);
    this.files = new KeptInk(this.folder, now);
  }

  /**
   * Keeps a sample behind all others, whatever the clock says.
   *
   * @returns the name of its file
   * @throws DatasetError where it has no point or no label, or cannot be written
   */
  keep(sample: WrittenSample): Promise<string> {
    return this.files.keep(sample);
  }

  /** The names of all samples' files, the oldest first. */
  list(): Promise<string[]> {
    return this.files.list();
  }

  /**
   * Removes one sample and what was changed of it: the last one kept, in whichever session, unless another is named.
   *
   * @returns what it was a sample of; undefined where there was none
   */
  async undo(name?: string): Promise<string | undefined> {
    return withLock(path.join(this.folder, 'undo.lock'), {}, async () => {
      const kept = await this.contents();
      const at = name === undefined ? kept.length - 1 : kept.findIndex((each) => each.name === name);
      const chosen = kept[at];
      if (!chosen) return undefined;
      const first = kept.slice(0, at).reduce((sum, { samples }) => sum + samples.length, 0);
      const { steps, kept: right = [] } = await readOverlay(this.folder);
      if (steps.length + right.length > 0) {
        for (let left = chosen.samples.length; left > 0; left--) {
          await forgetSample(this.folder, 'all', first);
        }
      }
      await this.files.remove(chosen.name);
      return chosen.samples[0]?.label ?? 'a damaged sample';
    });
  }

  /** The pad keeps its samples under the id at any time. */
  isTaken(): boolean {
    return true;
  }

  async entry(): Promise<DatasetEntry | undefined> {
    const manifest = (await this.collect())?.manifest;
    if (!manifest && (await this.list()).length === 0) return undefined;
    const bytes = manifest?.bytes ?? 0;
    const state = manifest ? 'ready' : 'damaged';
    const { id, name } = this.called;
    return { id, name, state, doneBytes: bytes, totalBytes: bytes, manifest };
  }

  /**
   * Opens the samples as a dataset.
   *
   * @throws DatasetError where none is kept yet
   */
  async open(): Promise<StoredDataset> {
    const collection = await this.collect();
    if (!collection) throw this.nothingKept();
    const { dataset, manifest } = collection;
    const changes = async () => changesOf(await readOverlay(this.folder), 'all');
    const named = withNewTexts(manifest, await readOverlay(this.folder));
    return {
      ...dataset,
      ...named,
      load: async (split) => applyChanges(await dataset.load(split), await changes(), named.classes),
      stored: { dataset, checksum: manifest.checksum, changes },
    };
  }

  /**
   * Reads every file anew.
   *
   * @throws DatasetError where one is damaged, or none is kept yet
   */
  async verify(): Promise<Manifest> {
    this.read.clear();
    this.collection = undefined;
    const collection = await this.collect();
    const problem = (await this.contents()).find((each) => each.problem !== undefined)?.problem;
    if (problem !== undefined) throw new DatasetError(problem);
    if (!collection) throw this.nothingKept();
    return collection.manifest;
  }

  private async collect(): Promise<Collection | undefined> {
    const kept = await this.contents();
    const before = this.collection?.kept;
    if (before?.length === kept.length && before.every((each, at) => each === kept[at])) {
      return this.collection;
    }
    const samples = kept.flatMap((each) => each.samples);
    if (samples.length === 0) return undefined;
    const problems = kept.flatMap(({ problem }) => problem ?? []);
    const dataset = inkDataset(this.called.id, samples, problems);
    const bytes = kept.reduce((sum, each) => sum + each.bytes, 0);
    const manifest = manifestOf(this.called, dataset, (await dataset.load('all')) as InkSamples, bytes);
    this.collection = { kept, dataset, manifest };
    return this.collection;
  }

  private nothingKept(): DatasetError {
    return new DatasetError(this.called.none);
  }

  private async contents(): Promise<Kept[]> {
    const names = await this.list();
    const missing = names.filter((name) => !this.read.has(name));
    for (let from = 0; from < missing.length; from += AT_ONCE) {
      const some = missing.slice(from, from + AT_ONCE).map((name) => readKept(this.folder, name));
      for (const kept of await Promise.all(some)) if (kept) this.read.set(kept.name, kept);
    }
    const there = new Set(names);
    for (const name of this.read.keys()) if (!there.has(name)) this.read.delete(name);
    return names.flatMap((name) => this.read.get(name) ?? []);
  }
}

/** Reads a file; undefined where it is gone by now. */
async function readKept(folder: string, name: string): Promise<Kept | undefined> {
  try {
    const text = await readFile(path.join(folder, name), 'utf8');
    const found = inkmlSamples(readInkml(text)).filter(isUsable);
    const samples = found.map((sample) => ({ ...sample, writer: sample.writer ?? ME }));
    return { name, samples, bytes: Buffer.byteLength(text) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const why = error instanceof InkError ? error.message : 'It cannot be read.';
    const problem = `The sample ${path.join(folder, name)} is damaged: remove it. ${why}`;
    return { name, samples: [], bytes: 0, problem };
  }
}

function manifestOf(
  { id, name }: KeptName,
  { classes, covers }: Dataset,
  samples: InkSamples,
  bytes: number,
): Manifest {
  const all = new Array<number>(classes.length).fill(0);
  for (const label of samples.labels) all[label] = (all[label] ?? 0) + 1;
  const hash = createHash('sha256').update(writeCachedInk(samples)).update(samples.labels);
  return {
    id,
    name,
    kind: 'ink',
    source: 'the pad',
    height: PICTURE_SIZE,
    width: PICTURE_SIZE,
    classes: [...classes],
    covers: [...covers],
    officialSplits: [],
    counts: { all },
    checksum: hash.digest('hex'),
    bytes,
  };
}
