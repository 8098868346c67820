import { existsSync } from 'node:fs';
import { DatasetError } from './errors';
import { EMNIST_SPLITS, isEmnistSplit, openEmnist } from './emnist';
import { openFiles, singleFile, type FileSource } from './files';
import { openChars74k, openInkml, openJsonLines } from './inkDataset';
import { looksLikeMnist, openMnist } from './mnist';
import { MY_HANDWRITING, MyHandwriting } from './myHandwriting';
import type { Dataset } from './samples';
import { DatasetStore } from './store';

/**
 * Opens a dataset: from disk where there is something at the path, else the one that is stored under this id;
 * `my-handwriting` are the samples that the pad kept.
 *
 * @param home the folder that stored datasets lie in; without it only paths are known
 * @throws DatasetError where there is neither
 */
export async function openDataset(reference: string, home?: string): Promise<Dataset> {
  if (home !== undefined && reference === MY_HANDWRITING && !existsSync(reference)) {
    return new MyHandwriting(home).open();
  }
  const stored = home === undefined ? undefined : new DatasetStore(home);
  if (stored && !existsSync(reference) && (await stored.find(reference))) return stored.open(reference);
  return openPath(reference);
}

/**
 * Opens a dataset from disk: a folder or zip archive in MNIST's or EMNIST's layout (with the split behind a hash:
 * `gzip.zip#byclass`) or with InkML files, one InkML file, Chars74K's JSON, or JSON Lines.
 *
 * @throws DatasetError where the path holds none of these
 */
async function openPath(id: string): Promise<Dataset> {
  const hash = id.lastIndexOf('#');
  const location = hash > 0 ? id.slice(0, hash) : id;
  const part = hash > 0 ? id.slice(hash + 1) : undefined;
  if (/\.json(\.gz)?$/.test(location)) return openChars74k(location, part, id);
  if (/\.jsonl(\.gz)?$/.test(location)) return openJsonLines(location, id);
  if (location.endsWith('.inkml')) return openInkml(singleFile(location), id);
  const files = await openFiles(location);
  if (part !== undefined) return openEmnist(files, emnistSplit(part, location), id);
  if (files.names.some((name) => name.endsWith('.inkml'))) return openInkml(files, id);
  if (looksLikeMnist(files)) return openMnist(files, id);
  return openEmnist(files, onlyEmnistSplit(files), id);
}

function emnistSplit(part: string, location: string) {
  if (isEmnistSplit(part)) return part;
  throw new DatasetError(
    `${location} has no split "${part}": write # and one of ${EMNIST_SPLITS.join(', ')}.`,
  );
}

function onlyEmnistSplit(files: FileSource) {
  const present = EMNIST_SPLITS.filter((split) =>
    files.names.some((name) => name.includes(`emnist-${split}-`)),
  );
  const [only, second] = present;
  if (only === undefined) {
    throw new DatasetError(`${files.location} holds no dataset that Scrawl can read: check the path.`);
  }
  if (second !== undefined) {
    throw new DatasetError(
      `${files.location} has several splits: write # and one of ${present.join(', ')} behind it.`,
    );
  }
  return only;
}
