import type { Card } from './card';

/** A split as far as it matters to what a model has learned from. */
export interface LearnedSplit {
  readonly dataset: { readonly id: string; readonly officialSplits: readonly string[] };
  readonly split: string;
  /** Says which part was held out of training, where it is one that was. */
  readonly part: string;
}

/**
 * Whether a model has learned from the samples of a split, by its card: `unnamed` where the card does not name the
 * dataset, which it may know by another name.
 */
export function learningOf({ data }: Pick<Card, 'data'>, { dataset, split, part }: LearnedSplit) {
  const id = plain(dataset.id);
  const named = data.some(({ name, source }) => [name, source].some((text) => nameOf(text) === id));
  // the splits of EMNIST are cut from the same images
  const related = id.startsWith(EMNIST) && data.some(({ name }) => nameOf(name).startsWith(EMNIST));
  if (!named) return related ? 'learned' : 'unnamed';
  const heldOut = part !== '' || split === 'test' || split === 'validation';
  return heldOut && (part !== '' || dataset.officialSplits.includes('train')) ? 'unseen' : 'learned';
}

const EMNIST = 'emnist';

/** A card says behind a comma which part of a dataset was learned from. */
function nameOf(text: string): string {
  return plain(text.split(',')[0] ?? '');
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
