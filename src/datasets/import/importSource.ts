import { DatasetError } from '../errors';
import type { NewDataset, SplitStream } from './datasetWriter';

/** What a path holds, ready to be stored; the samples are read when the splits are iterated. */
export interface ImportSource extends Omit<NewDataset, 'name' | 'source' | 'license'> {
  readonly splits: readonly SplitStream[];
  /** Samples of all splits, as far as is known before reading them. */
  readonly total: number;
  /** One sentence for each thing that is left out; it grows while the splits are iterated. */
  readonly problems: string[];
}

/** The classes in the order of their code points, and the index of each. */
export function indexClasses(labels: Iterable<string>): {
  classes: string[];
  indexOf: (label: string) => number;
} {
  const classes = [...new Set(labels)].sort();
  const index = new Map(classes.map((label, position) => [label, position]));
  return {
    classes,
    indexOf: (label) => {
      const found = index.get(label);
      if (found === undefined)
        throw new DatasetError(`The data have the label "${label}", which no class has.`);
      return found;
    },
  };
}
