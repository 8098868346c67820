import path from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { UserError } from '../../base/userError';
import { grouped } from '../../base/words';
import { PICTURE_SIZE } from '../../ink/rasterize';
import type { LabeledInk } from '../../ink/inkml';
import { MOST_INCLUDES, readUnipen } from '../../ink/unipen';
import { textOf } from '../formats/crohme';
import { decodeOldText } from '../formats/decodeText';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { inkDataset, JSON_LINES, readInkFile, type FoundInk, type InkFileKind } from '../formats/inkDataset';
import { readSplit } from '../readableSplit';
import type { Dataset } from '../dataset';
import { findLabelsTables, readLabelsTable } from './labelsTable';
import { FileIndex } from './locator';
import { splitOfName } from './fileSplits';
import { headOf } from './head';
import { isHidden } from './hidden';
import type { ImportSource } from './importSource';
import { isWriterShare, writerShare } from './writerShare';

/** Ink that is in memory as one batch. */
const BATCH = 1000;
/** A point in memory: a list of two numbers or four. */
const BYTES_OF_A_POINT = 80;
/** Bytes of a UNIPEN file with those that it includes: read at once, its numbers take many times as much. */
const MOST_UNIPEN = 64 * 2 ** 20;
/** Why words are left out. */
const UNDELINEATED = 'of words and lines, where others have their characters delineated';
const UNIPEN_NAME = /(\.(upn|unp|unipen|uni|dat|tra|tes|txt)|(^|\/)[^.]+)$/i;
/** Keywords of which a UNIPEN file has one among its first. */
const UNIPEN_START =
  /^\.(VERSION|INCLUDE|DATA_SOURCE|HIERARCHY|COORD|SEGMENT|LEXICON|PEN_DOWN|COMMENT|KEYWORD|ALPHABET)\b/m;

/** Files of one split each, as Scrawl exports them. */
const EXPORTED = /(^|[/\\])(train|validation|test)(-\d{4,})?\.(inkml|jsonl)(\.gz)?$/i;

/** The root of InkML, behind what may stand before it. */
const INKML_START = /<(?:[\w-]+:)?ink[\s>]/;

export interface InkOptions {
  /** Direction of the Y axis in UNIPEN files; `up` unless given. */
  readonly yAxis?: 'up' | 'down' | undefined;
  /** The part behind the hash: `writers1-30` of Chars74K, or a share of all writers, `writers5/5`. */
  readonly part?: string | undefined;
}

type Kind = InkFileKind | 'unipen';

/** The files of a folder or archive that hold ink, each with its format. */
export async function findInk(files: FileSource): Promise<Map<string, Kind>> {
  const found = new Map<string, Kind>();
  for (const name of files.names) {
    const kind = await kindOf(files, name);
    if (kind) found.set(name, kind);
  }
  return found;
}

async function kindOf(files: FileSource, name: string): Promise<Kind | undefined> {
  // a file that was named itself may lie anywhere
  const own = name === files.location ? path.basename(name) : name;
  if (isHidden(own)) return undefined;
  if (/\.inkml(\.gz)?$/i.test(name)) return 'inkml';
  if (/\.xml(\.gz)?$/i.test(name) && INKML_START.test(await textHead(files, name))) return 'inkml';
  if (JSON_LINES.test(name)) return 'jsonl';
  if (/\.json(\.gz)?$/i.test(name)) return 'chars74k';
  return UNIPEN_NAME.test(name) && UNIPEN_START.test(await textHead(files, name)) ? 'unipen' : undefined;
}

/**
 * Ink files of any of the formats as one dataset. One unreadable file of many is said, not fatal.
 *
 * @param found as `findInk` gives it
 * @throws DatasetError where none holds labeled ink
 */
export async function readInk(
  files: FileSource,
  found: ReadonlyMap<string, Kind>,
  id: string,
  options: InkOptions = {},
  signal?: AbortSignal,
): Promise<Dataset> {
  const { part } = options;
  const share = part !== undefined && isWriterShare(part) ? writerShare(part) : undefined;
  const samples: FoundInk[] = [];
  const problems: string[] = [];
  const areSplits = part === undefined && [...found.keys()].every((name) => EXPORTED.test(name));
  let points = 0;
  for (const [name, kind] of found) {
    signal?.throwIfAborted();
    try {
      const read =
        kind === 'unipen'
          ? await readUnipenFile(files, name, options)
          : await readInkFile(files, name, kind, share ? undefined : part);
      for (const { ink } of read) for (const { length } of ink) points += length;
      if (points > mostPoints()) throw new TooMuchInk(files.location, mostPoints());
      // one that is alone in its file has the file's name
      const [only, second] = read;
      const named = only && !second ? [{ name, ...only }] : read;
      const split = areSplits ? splitOfName(name) : 'all';
      for (const sample of named) {
        if (share?.(writerOf(name, sample)) ?? true)
          samples.push(split === 'all' ? sample : { ...sample, split });
      }
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof TooMuchInk) throw error;
      const shown = name === files.location ? path.basename(name) : name;
      problems.push(error.message.startsWith(shown) ? error.message : `${shown}: ${error.message}`);
    }
  }
  return inkDataset(id, await labeledByTables(files, samples), problems);
}

/** Points that half of the memory of this process has room for. */
function mostPoints(): number {
  return Math.floor(getHeapStatistics().heap_size_limit / 2 / BYTES_OF_A_POINT);
}

class TooMuchInk extends DatasetError {
  constructor(location: string, most: number) {
    super(
      `${location} holds more ink than this machine has memory for, ${grouped(most)} points: import it in parts.`,
    );
  }
}

/** Drawings with what a table beside them says of those that say nothing themselves, as CROHME's isolated symbols. */
async function labeledByTables(
  files: FileSource,
  samples: readonly FoundInk[],
): Promise<readonly FoundInk[]> {
  const isNameless = ({ label, name, leftOut }: FoundInk) =>
    label === undefined && name !== undefined && !leftOut;
  const names = samples.filter(isNameless).flatMap(({ name }) => name ?? []);
  if (names.length === 0) return samples;
  const index = new FileIndex(names);
  const labels = new Map<string, string>();
  for (const table of (await findLabelsTables(files, undefined, index)).labels) {
    for (const { name, label } of (await readLabelsTable(files, table, index)).rows) {
      if (name !== undefined && label !== '') labels.set(name, textOf(label));
    }
  }
  return samples.map((sample) => {
    const label = isNameless(sample) ? labels.get(sample.name ?? '') : undefined;
    return label === undefined ? sample : { ...sample, label };
  });
}

async function textHead(files: FileSource, name: string): Promise<string> {
  return (await headOf(files, name)).toString('latin1');
}

/** A name of a writer that those of other sources do not have. */
const writerOf = (name: string, { writer = 'unknown' }: FoundInk): string =>
  `${name.split('/')[0] ?? ''}/${writer}`;

/**
 * Ink files as one dataset to be stored.
 *
 * @throws DatasetError where none holds labeled ink
 */
export async function openInk(
  files: FileSource,
  found: ReadonlyMap<string, Kind>,
  options: InkOptions,
  signal?: AbortSignal,
): Promise<ImportSource> {
  const dataset = await readInk(files, found, files.location, options, signal);
  const official = dataset.officialSplits.filter((split) => split !== 'all');
  const splits = await Promise.all(
    (official.length > 0 ? official : (['all'] as const)).map(async (split) => ({
      split,
      ...(await readSplit(dataset, split)),
    })),
  );
  return {
    kind: 'ink',
    height: PICTURE_SIZE,
    width: PICTURE_SIZE,
    classes: [...dataset.classes],
    covers: [...dataset.covers],
    officialSplits: official,
    total: splits.reduce((sum, { labels }) => sum + labels.length, 0),
    problems: [...dataset.problems],
    splits: splits.map(({ split, batches }) => ({ split, batches: batches(BATCH) })),
  };
}

async function readUnipenFile(files: FileSource, name: string, { yAxis }: InkOptions): Promise<FoundInk[]> {
  let left = MOST_UNIPEN;
  const read = async (each: string) => {
    const bytes = await files.read(each);
    const text = decodeOldText(bytes, each, left);
    left -= bytes.length;
    return text;
  };
  const text = await read(name);
  const included = new Map<string, string>();
  const wanted = new Set(Array.from(text.matchAll(/^\.INCLUDE[ \t]+(\S+)/gm), ([, file = '']) => file));
  for (const file of [...wanted].slice(0, MOST_INCLUDES)) {
    const found = files.names.find(
      (each) =>
        each === file ||
        each.endsWith(`/${file}`) ||
        path.posix.basename(each).startsWith(`${path.posix.basename(file)}.`),
    );
    if (found !== undefined && found !== name) included.set(file, await read(found));
  }
  const { characters, texts, apart, unlabeled, writer } = readUnipen(text, {
    yAxis,
    include: (file) => included.get(file),
  });
  const drawn = (found: readonly LabeledInk[]) =>
    found.map(({ label, ink }) => ({ label: label.trim(), ink, writer }));
  // what has its characters delineated is data of characters
  if (characters.length === 0) return drawn(texts);
  const nothing = Array.from({ length: unlabeled }, (): FoundInk => ({ ink: [] }));
  return [...drawn(characters), ...apart.map(({ ink }) => ({ ink, leftOut: UNDELINEATED })), ...nothing];
}
