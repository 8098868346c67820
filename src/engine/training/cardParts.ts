import path from 'node:path';
import type { Dataset } from '../../datasets/dataset';
import type { Card, CardSource } from '../../models/card';
import type { RunSettings } from '../../runs/runSettings';
import type { TrainingData } from './trainingData';

/** A dataset as cards name it: of one that was opened by its path, where it lies here says nothing elsewhere. */
export function nameOf({ id }: Dataset): string {
  return path.basename(id);
}

/** What a card says of the data of a run. */
export function learnedFrom(dataset: Dataset, { chosen, checksum }: TrainingData): CardSource {
  const name = nameOf(dataset);
  return { name, license: 'as the dataset says', source: name, samples: chosen.length, checksum };
}

/** What a card says of the settings of a run. */
export function settingsOf({ augmentation, ...rest }: RunSettings): Card['training']['settings'] {
  const varied = Object.entries(augmentation).map(([part, value]) => [`augmentation.${part}`, value]);
  return { ...rest, ...(Object.fromEntries(varied) as Record<string, number>) };
}
