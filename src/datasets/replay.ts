import { DatasetError } from './errors';
import { openFiles, type FileSource } from './files';
import { readIdxImages, readIdxLabels } from './formats/idx';
import type { Dataset } from './dataset';
import type { ImageSamples } from './samples';
import type { Split } from '../base/split';

/** What the replay set is called in cards and reports. */
export const REPLAY = 'replay';

/**
 * Opens the small set of pictures that ships with Scrawl, by which a model that learns a hand is kept from forgetting
 * the others: upright pictures and labels as IDX, and `classes.txt` with a class a line.
 *
 * @throws DatasetError where a file is missing or damaged
 */
export async function openReplay(folder: string): Promise<Dataset> {
  const files = await openFiles(folder);
  const text = (await files.read('classes.txt')).toString('utf8');
  const classes = text.split('\n').filter((line) => line !== '');
  return {
    id: REPLAY,
    classes,
    covers: classes,
    officialSplits: ['train', 'test'],
    problems: [],
    load: (split) => loadSplit(files, classes, split),
  };
}

async function loadSplit(files: FileSource, classes: readonly string[], split: Split): Promise<ImageSamples> {
  if (split !== 'train' && split !== 'test') {
    throw new DatasetError(`The replay set has no ${split} split: use train or test.`);
  }
  const imagesName = `${split}-images-idx3-ubyte.gz`;
  const labelsName = `${split}-labels-idx1-ubyte.gz`;
  const { count, height, width, pixels } = readIdxImages(await files.read(imagesName), imagesName);
  const labels = Uint16Array.from(readIdxLabels(await files.read(labelsName), labelsName));
  if (labels.length !== count || labels.some((label) => label >= classes.length)) {
    throw new DatasetError(`${labelsName} does not fit ${imagesName}: install Scrawl again.`);
  }
  return { kind: 'images', height, width, pixels, labels };
}
