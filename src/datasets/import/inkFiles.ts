import path from 'node:path';
import { InkError } from '../../ink/errors';
import { PICTURE_SIZE } from '../../ink/rasterize';
import { MOST_INCLUDES, readUnipen } from '../../ink/unipen';
import { decodeOldText } from '../decodeText';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { inkDataset, JSON_LINES, readInkFile, type InkSample } from '../inkDataset';
import { readSplit } from '../readableSplit';
import type { Dataset } from '../samples';
import { classOfName } from './className';
import { headOf } from './head';
import { isHidden } from './hidden';
import type { ImportSource } from './importSource';

/** Ink that is in memory as one batch. */
const BATCH = 1000;
/** Bytes of a UNIPEN file with those that it includes: read at once, its numbers take many times as much. */
const MOST_UNIPEN = 64 * 2 ** 20;
const UNIPEN_NAME = /(\.(upn|unp|unipen|uni|dat|tra|tes|txt)|(^|\/)[^.]+)$/i;
/** Keywords of which a UNIPEN file has one among its first. */
const UNIPEN_START =
  /^[ \t]*\.(VERSION|INCLUDE|DATA_SOURCE|HIERARCHY|COORD|SEGMENT|LEXICON|PEN_DOWN|COMMENT|KEYWORD|ALPHABET)\b/m;

export interface InkOptions {
  /** Direction of the Y axis in UNIPEN files; `up` unless given. */
  readonly yAxis?: 'up' | 'down' | undefined;
  /** The part behind the hash: `writers1-30` of Chars74K. */
  readonly part?: string | undefined;
}

type Kind = 'inkml' | 'jsonl' | 'chars74k' | 'unipen';

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
  if (JSON_LINES.test(name)) return 'jsonl';
  if (/\.json(\.gz)?$/i.test(name)) return 'chars74k';
  return UNIPEN_NAME.test(name) && UNIPEN_START.test((await headOf(files, name)).toString('latin1'))
    ? 'unipen'
    : undefined;
}

/**
 * Ink files of any of the formats as one dataset. One unreadable file of many is said, not fatal.
 *
 * @param found as `findInk` gives it
 * @throws DatasetError where none holds labelled ink
 */
export async function readInk(
  files: FileSource,
  found: ReadonlyMap<string, Kind>,
  id: string,
  options: InkOptions = {},
  signal?: AbortSignal,
): Promise<Dataset> {
  const samples: InkSample[] = [];
  const problems: string[] = [];
  for (const [name, kind] of found) {
    signal?.throwIfAborted();
    try {
      const read =
        kind === 'unipen'
          ? await readUnipenFile(files, name, options)
          : await readInkFile(files, name, options.part);
      for (const sample of read) samples.push(sample);
    } catch (error) {
      if (!(error instanceof InkError || error instanceof DatasetError)) throw error;
      const shown = name === files.location ? path.basename(name) : name;
      problems.push(`${shown}: ${error.message}`);
    }
  }
  return inkDataset(id, samples, problems);
}

/**
 * Ink files as one dataset to be stored.
 *
 * @throws DatasetError where none holds labelled ink
 */
export async function openInk(
  files: FileSource,
  found: ReadonlyMap<string, Kind>,
  options: InkOptions,
  signal?: AbortSignal,
): Promise<ImportSource> {
  const dataset = await readInk(files, found, files.location, options, signal);
  const { labels, batches } = await readSplit(dataset, 'all');
  return {
    kind: 'ink',
    height: PICTURE_SIZE,
    width: PICTURE_SIZE,
    classes: [...dataset.classes],
    covers: [...dataset.covers],
    officialSplits: [],
    total: labels.length,
    problems: [...dataset.problems],
    splits: [{ split: 'all', batches: batches(BATCH) }],
  };
}

async function readUnipenFile(files: FileSource, name: string, { yAxis }: InkOptions): Promise<InkSample[]> {
  let left = MOST_UNIPEN;
  const read = async (each: string) => {
    const bytes = await files.read(each);
    const text = decodeOldText(bytes, each, left);
    left -= bytes.length;
    return text;
  };
  const text = await read(name);
  const included = new Map<string, string>();
  const wanted = new Set(Array.from(text.matchAll(/^[ \t]*\.INCLUDE[ \t]+(\S+)/gm), ([, file = '']) => file));
  for (const file of [...wanted].slice(0, MOST_INCLUDES)) {
    const found = files.names.find(
      (each) =>
        each === file ||
        each.endsWith(`/${file}`) ||
        path.posix.basename(each).startsWith(`${path.posix.basename(file)}.`),
    );
    if (found !== undefined && found !== name) included.set(file, await read(found));
  }
  const { characters, writer } = readUnipen(text, { yAxis, include: (file) => included.get(file) });
  return characters.flatMap(({ label, ink }) => {
    const character = classOfName(label, 'auto');
    return character === undefined ? [] : [{ label: character, ink, writer }];
  });
}
