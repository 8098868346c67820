import { existsSync } from 'node:fs';
import { DatasetError } from './errors';
import { EMNIST_SPLITS, isEmnistSplit, openEmnist } from './formats/emnist';
import type { FileSource } from './files';
import { findInk, readInk } from './import/inkFiles';
import { isEveryNth } from './import/everyNth';
import { findTables } from './import/csv';
import { isWriterShare } from './import/writerShare';
import { holdsPictures } from './import/labelPictures';
import { openLocation } from './import/location';
import { openPictures } from './import/pictureDataset';
import { JSON_LINES, openChars74k, openJsonLines } from './formats/inkDataset';
import { looksLikeMnist, openMnist } from './formats/mnist';
import type { Dataset } from './dataset';
import { DatasetStore } from './store/datasetStore';

/**
 * Opens a dataset: from disk where there is something at the path, else the one that is stored under this id;
 * `my-handwriting` are the characters that the pad kept, `my-lines` its words and lines.
 *
 * @param home the folder that stored datasets lie in; without it only paths are known
 * @throws DatasetError where there is neither
 */
export async function openDataset(reference: string, home?: string): Promise<Dataset> {
  if (home !== undefined && !existsSync(reference)) {
    const store = new DatasetStore(home);
    if (await store.knows(reference)) return store.open(reference);
  }
  return openPath(reference);
}

/**
 * Opens a dataset from disk: a folder or zip archive in MNIST's or EMNIST's layout (with the split behind a hash:
 * `gzip.zip#byclass`), with ink (a share of its writers behind a hash: `#writers5/5`), or with labeled pictures (a share: `scans#5/5`), one file of
 * ink: InkML, Chars74K's JSON, or JSON Lines, or one of rows of pixels: CSV.
 *
 * @throws DatasetError where the path holds none of these
 */
async function openPath(id: string): Promise<Dataset> {
  const hash = id.lastIndexOf('#');
  const location = hash > 0 ? id.slice(0, hash) : id;
  const part = hash > 0 ? id.slice(hash + 1) : undefined;
  if (/\.json(\.gz)?$/.test(location)) return openChars74k(location, part, id);
  if (JSON_LINES.test(location)) return openJsonLines(location, part, id);
  const files = await openLocation(location);
  const pictures =
    (part === undefined || isEveryNth(part)) &&
    (holdsPictures(files) || (await findTables(files)).length > 0);
  if (pictures) return openPictures(files, part, id);
  if (part !== undefined && !isWriterShare(part)) return openEmnist(files, emnistSplit(part, location), id);
  if (looksLikeMnist(files)) return openMnist(files, id);
  if (files.names.some((name) => name.includes('emnist-')))
    return openEmnist(files, onlyEmnistSplit(files), id);
  const ink = await findInk(files);
  if (ink.size > 0) {
    const dataset = await readInk(files, ink, id, { part });
    return { ...dataset, problems: [...files.problems, ...dataset.problems] };
  }
  throw new DatasetError(`${files.location} holds no dataset that Scrawl can read: check the path.`);
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
