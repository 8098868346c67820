import type { Pages } from './pages';
import type { Selection } from './selection';

/** A selection of more samples is not looked through. */
const MOST_LOOKED_THROUGH = 1000;

/** What a grid says of one sample. */
export interface Cell {
  /** A line, or several, below the picture. */
  readonly caption: readonly string[];
  /** Whether the first line is to be seen before others. */
  readonly strong: boolean;
  /** In words: for a screen reader, and under the pointer. */
  readonly description: string;
  readonly excluded: boolean;
  readonly relabeled: boolean;
}

/** Samples in the order in which a grid shows them; a place is a number in it, from 0. */
export interface CellList {
  /** What the samples are, in words. */
  readonly name: string;
  readonly total: number;
  /** Of every picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Lines of every caption. */
  readonly lines: number;
  readonly pages: Pages;
  /** Undefined while its page is not there. */
  cell(place: number): Cell | undefined;
}

/** Whether all samples of a selection are left out, as far as is known. */
export function allExcluded({ ranges, count }: Selection, list: CellList): boolean {
  if (count === 0 || count > MOST_LOOKED_THROUGH) return false;
  return ranges.every(([first, last]) => {
    for (let place = first; place <= last; place++) if (!list.cell(place)?.excluded) return false;
    return true;
  });
}
