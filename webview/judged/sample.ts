import { grouped, spoken } from '../../src/base/words';
import { SPLITS } from '../../src/base/split';
import { EXCLUDED, RELABELED } from '../../src/protocol/pages/browse';
import {
  type GalleryAbout,
  type GalleryList,
  type GalleryPage,
  RIGHT,
} from '../../src/protocol/pages/gallery';
import type { Cell, CellList } from '../samples/cells';
import type { Pages } from '../samples/pages';
import { shortPercent } from './words';

/** Where a sample lies, in words. */
export function whereItLies(split: string, index: number): string {
  return `${split === 'all' ? 'sample' : split} ${grouped(index)}`;
}

/** The samples of a gallery as its grid shows them: what each is, what it was taken for, and how surely. */
export function cellsOf(
  about: GalleryAbout,
  { total, answers }: GalleryList,
  pages: Pages<GalleryPage>,
): CellList {
  const cell = (place: number): Cell | undefined => {
    const { page, at } = pages.at(place);
    const label = page?.labels[at];
    if (!page || label === undefined) return undefined;
    const truth = about.classes[label] ?? '';
    const predicted = answers[page.predicted[at] ?? 0] ?? '';
    const marks = page.marks[at] ?? 0;
    const [right, excluded, relabeled] = [RIGHT, EXCLUDED, RELABELED].map((mark) => (marks & mark) !== 0);
    const probability = shortPercent(page.probabilities[at] ?? 0);
    const where = whereItLies(SPLITS[page.splits[at] ?? 0] ?? 'all', page.indexes[at] ?? 0);
    const read = right ? `${spoken(truth)} read right` : `${spoken(truth)} taken for ${spoken(predicted)}`;
    const noted = [relabeled && 'relabeled', excluded && 'excluded'].filter((mark) => mark !== false);
    return {
      caption: [right ? truth : `${truth} → ${predicted}`, probability],
      strong: !right,
      description: [read, probability, where, ...noted].join(', '),
      excluded: excluded === true,
      relabeled: relabeled === true,
    };
  };
  const { title, width, height } = about;
  return { name: title, total, width, height, lines: 2, pages, cell };
}
