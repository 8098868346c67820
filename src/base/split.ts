/** The parts that a source itself may have, in the order in which they are shown. */
export const OFFICIAL_SPLITS = ['train', 'validation', 'test'] as const;

/** The parts of a dataset; `all` is every sample of a source, or of one without parts. */
export const SPLITS = [...OFFICIAL_SPLITS, 'all'] as const;
export type Split = (typeof SPLITS)[number];

export const SPLIT_NAMES: Readonly<Record<Split, string>> = {
  train: 'Train',
  validation: 'Validation',
  test: 'Test',
  all: 'All',
};

/** The split that models learn from: where the source has no train split, all that it has. */
export function trainSplitOf(officialSplits: readonly Split[]): Split {
  return officialSplits.includes('train') ? 'train' : 'all';
}
