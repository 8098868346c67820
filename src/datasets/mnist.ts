import { concatenate } from './concatenate';
import { DatasetError } from './errors';
import type { FileSource } from './files';
import { readIdxImages, readIdxLabels } from './idx';
import type { Dataset, ImageSamples, Split } from './samples';

const PREFIX = { train: 'train', test: 't10k' } as const;
/** MNIST's classes. */
export const DIGITS: readonly string[] = [...'0123456789'];

/** Whether a folder or archive holds files in MNIST's layout. */
export function looksLikeMnist(files: FileSource): boolean {
  return files.names.some((name) => /(^|\/)(train|t10k)-images[-.]idx3-ubyte(\.gz)?$/.test(name));
}

/** MNIST (LeCun, Cortes, Burges), from its four original files. */
export function openMnist(files: FileSource, id: string): Dataset {
  const load = async (part: 'train' | 'test'): Promise<ImageSamples> => {
    const imagesName = find(files, `${PREFIX[part]}-images`, 'idx3-ubyte');
    const labelsName = find(files, `${PREFIX[part]}-labels`, 'idx1-ubyte');
    const { count, height, width, pixels } = readIdxImages(await files.read(imagesName), imagesName);
    const labels = Uint16Array.from(readIdxLabels(await files.read(labelsName), labelsName));
    if (labels.length !== count) {
      throw new DatasetError(
        `${labelsName} has another number of samples than ${imagesName}: fetch both again.`,
      );
    }
    const wrong = labels.find((label) => label >= DIGITS.length);
    if (wrong !== undefined)
      throw new DatasetError(`${labelsName} has the label ${String(wrong)}: fetch it again.`);
    return { kind: 'images', height, width, pixels, labels };
  };
  return {
    id,
    classes: DIGITS,
    covers: DIGITS,
    officialSplits: ['train', 'test'],
    problems: [],
    load: async (split: Split) => {
      if (split === 'train' || split === 'test') return load(split);
      if (split === 'all') return concatenate(await load('train'), await load('test'));
      throw new DatasetError('MNIST has no validation split of its own: evaluate on train, test or all.');
    },
  };
}

function find(files: FileSource, stem: string, suffix: string): string {
  const found = files.names.find((name) => new RegExp(`(^|/)${stem}[-.]${suffix}(\\.gz)?$`).test(name));
  if (!found) throw new DatasetError(`${files.location} has no ${stem}-${suffix}.gz: fetch MNIST again.`);
  return found;
}
