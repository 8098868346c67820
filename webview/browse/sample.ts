import { EXCLUDED, type Page, RELABELED } from '../../src/protocol/pages/browse';
import type { Pages } from '../samples/pages';

/** What is known of one sample. */
export interface Sample {
  /** Index of its class. */
  readonly label: number;
  /** Index of its split in the dataset's list. */
  readonly split: number;
  /** Its number in the split. */
  readonly index: number;
  readonly excluded: boolean;
  readonly relabeled: boolean;
}

/** The sample at a place, if its page is there. */
export function sampleAt(pages: Pages<Page>, place: number): Sample | undefined {
  const { page, at } = pages.at(place);
  const label = page?.labels[at];
  if (!page || label === undefined) return undefined;
  const marks = page.marks[at] ?? 0;
  return {
    label,
    split: page.splits[at] ?? 0,
    index: page.indexes[at] ?? 0,
    excluded: (marks & EXCLUDED) !== 0,
    relabeled: (marks & RELABELED) !== 0,
  };
}
