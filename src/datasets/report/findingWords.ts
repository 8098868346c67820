import { SPLIT_NAMES, type Split } from '../../base/split';
import type { Finding } from './datasetReport';

/** A finding in words: what it is called, and what it means. */
export interface FindingWords {
  readonly title: string;
  readonly meaning: string;
}

/** @param kind of the dataset's samples */
export function findingWords(
  { kind, splits }: Pick<Finding, 'kind' | 'splits'>,
  of: 'images' | 'ink',
): FindingWords {
  const what = of === 'ink' ? 'ink' : 'picture';
  const [a = '', b = ''] = splits.map(named);
  switch (kind) {
    case 'leaks':
      return {
        title: `In ${a} and in ${b}`,
        meaning: `Samples of ${b} whose ${what} is in ${a}, too: a model has learned them before it is measured on them.`,
      };
    case 'contradictions':
      return {
        title: 'The same of different classes',
        meaning: `The same ${what} is labeled as more than one class.`,
      };
    case 'doubles':
      return {
        title: a === '' || splits[0] === 'all' ? 'Doubles' : `Doubles within ${a}`,
        meaning: `Samples whose ${what} stands before them already.`,
      };
    case 'blank':
      return { title: 'Blank', meaning: 'Pictures of one gray.' };
    case 'dots':
      return { title: 'One point only', meaning: 'Nothing but a point, in classes that are no points.' };
    case 'mass':
      return {
        title: 'Unusually much or little ink',
        meaning: 'At least four standard deviations from the mean of their class.',
      };
    case 'far':
      return {
        title: 'Far from their class',
        meaning:
          'At least four standard deviations further from the mean picture of their class than others.',
      };
  }
}

const named = (split: Split) => SPLIT_NAMES[split];
