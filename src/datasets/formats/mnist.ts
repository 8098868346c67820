import { concatenate } from '../concatenate';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { readIdxImages, readIdxLabels } from './idx';
import type { Dataset } from '../dataset';
import type { ImageSamples } from '../samples';
import type { Split } from '../../base/split';

const PREFIX = { train: 'train', test: 't10k' } as const;
const PARTS = ['train', 'test'] as const;
/** MNIST's classes. */
export const DIGITS: readonly string[] = [...'0123456789'];

/** Whether a folder or archive holds files in MNIST's layout. */
export function looksLikeMnist(files: FileSource): boolean {
  return PARTS.some((part) => imagesOf(files, part) !== undefined);
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
  const present = PARTS.filter((part) => imagesOf(files, part) !== undefined);
  return {
    id,
    classes: DIGITS,
    covers: DIGITS,
    officialSplits: present,
    problems: [],
    load: async (split: Split) => {
      if (split === 'train' || split === 'test') return load(split);
      if (split === 'all') return (await Promise.all(present.map(load))).reduce(concatenate);
      throw new DatasetError('MNIST has no validation split of its own: evaluate on train, test or all.');
    },
  };
}

function imagesOf(files: FileSource, part: (typeof PARTS)[number]): string | undefined {
  return locate(files, `${PREFIX[part]}-images`, 'idx3-ubyte');
}

function locate(files: FileSource, stem: string, suffix: string): string | undefined {
  return files.names.find((name) => new RegExp(`(^|/)${stem}[-.]${suffix}(\\.gz)?$`).test(name));
}

function find(files: FileSource, stem: string, suffix: string): string {
  const found = locate(files, stem, suffix);
  if (!found) throw new DatasetError(`${files.location} has no ${stem}-${suffix}.gz: fetch MNIST again.`);
  return found;
}
