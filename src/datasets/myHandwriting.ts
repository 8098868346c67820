import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { InkError } from '../ink/errors';
import type { Ink } from '../ink/ink';
import { readInkml } from '../ink/inkml';
import { PICTURE_SIZE } from '../ink/rasterize';
import { writeInkml } from '../ink/writeInkml';
import { withLock } from '../storage/lock';
import { DatasetError } from './errors';
import { writeCachedInk } from './inkCache';
import { inkDataset, inkmlSamples, type InkSample } from './inkDataset';
import type { Manifest } from './manifest';
import { applyChanges, changesOf, forgetSample, readOverlay } from './overlay';
import type { Dataset, InkSamples, StoredDataset } from './samples';

/** The id of the dataset of the user's own samples. */
export const MY_HANDWRITING = 'my-handwriting';
const NAME = 'My Handwriting';
/** The writer of a sample that names none: as every other, the user stands on one side of a split. */
const ME = 'me';
/** Names that `keep` gives; whatever else lies in the folder is no sample. */
const SAMPLE_FILE = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-[\w-]+\.inkml$/;
/** Characters of a name that are the time. */
const TIME_LENGTH = 24;
/** Files that are read at a time. */
const AT_ONCE = 32;

/** A character that the user drew and said what it is. */
export interface HandwritingSample {
  readonly label: string;
  readonly ink: Ink;
  /** Width of the pen in the ink's unit. */
  readonly penWidth?: number | undefined;
  readonly writer?: string | undefined;
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
 * The samples that the pad keeps: an InkML file each, named by the time, so that any number of windows may add to them
 * and none is ever half written. They are never sent anywhere.
 */
export class MyHandwriting {
  readonly folder: string;
  /** Files that were read: none changes once it is written. */
  private readonly read = new Map<string, Kept>();
  private collection: Collection | undefined;

  /** @param home the folder that datasets lie in */
  constructor(
    home: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.folder = path.join(home, MY_HANDWRITING);
  }

  /**
   * Keeps a sample behind all others, whatever the clock says.
   *
   * @returns the name of its file
   * @throws DatasetError where it has no point or no label, or cannot be written
   */
  async keep(sample: HandwritingSample): Promise<string> {
    if (sample.label === '' || sample.ink.every((stroke) => stroke.length === 0)) {
      throw new DatasetError('There is nothing to keep: draw a character and say what it is.');
    }
    const last = timeOf((await this.list()).at(-1) ?? '');
    const time = new Date(Math.max(this.now().getTime(), last + 1)).toISOString();
    const name = `${time.replaceAll(':', '-')}-${randomUUID()}.inkml`;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFileAtomic(path.join(this.folder, name), writeInkml([sample], time));
    } catch (cause) {
      throw new DatasetError(`The sample cannot be kept in ${this.folder}: check the disk.`, { cause });
    }
    return name;
  }

  /** The names of all samples' files, the oldest first. */
  async list(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => SAMPLE_FILE.test(name)).sort();
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
      await rm(path.join(this.folder, chosen.name), { force: true });
      return chosen.samples[0]?.label ?? 'a damaged sample';
    });
  }

  /** What there is to know of the samples as a dataset; undefined where none can be read. */
  async manifest(): Promise<Manifest | undefined> {
    return (await this.collect())?.manifest;
  }

  /**
   * Opens the samples as a dataset.
   *
   * @throws DatasetError where none is kept yet
   */
  async open(): Promise<StoredDataset> {
    const collection = await this.collect();
    if (!collection) throw nothingKept();
    const { dataset, manifest } = collection;
    const changes = async () => changesOf(await readOverlay(this.folder), 'all');
    return {
      ...dataset,
      load: async (split) => applyChanges(await dataset.load(split), await changes(), dataset.classes),
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
    if (!collection) throw nothingKept();
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
    const dataset = inkDataset(MY_HANDWRITING, samples, problems);
    const bytes = kept.reduce((sum, each) => sum + each.bytes, 0);
    const manifest = manifestOf(dataset, (await dataset.load('all')) as InkSamples, bytes);
    this.collection = { kept, dataset, manifest };
    return this.collection;
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

/** Milliseconds since 1970 of a file's name; 0 where it has none. */
function timeOf(name: string): number {
  const [day, time = ''] = name.slice(0, TIME_LENGTH).split('T');
  return Date.parse(`${day ?? ''}T${time.replaceAll('-', ':')}`) || 0;
}

/** Reads a file; undefined where it is gone by now. */
async function readKept(folder: string, name: string): Promise<Kept | undefined> {
  try {
    const text = await readFile(path.join(folder, name), 'utf8');
    const samples = inkmlSamples(readInkml(text)).map((sample) => ({
      ...sample,
      writer: sample.writer ?? ME,
    }));
    return { name, samples, bytes: Buffer.byteLength(text) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const why = error instanceof InkError ? error.message : 'It cannot be read.';
    const problem = `The sample ${path.join(folder, name)} is damaged: remove it. ${why}`;
    return { name, samples: [], bytes: 0, problem };
  }
}

function manifestOf({ classes, covers }: Dataset, samples: InkSamples, bytes: number): Manifest {
  const all = new Array<number>(classes.length).fill(0);
  for (const label of samples.labels) all[label] = (all[label] ?? 0) + 1;
  const hash = createHash('sha256').update(writeCachedInk(samples)).update(samples.labels);
  return {
    id: MY_HANDWRITING,
    name: NAME,
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

function nothingKept(): DatasetError {
  return new DatasetError('There is no sample of your handwriting yet: keep some from the pad first.');
}
