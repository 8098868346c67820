import { restoreEdit, excludeEdit, relabelEdit, type SampleEdit } from '../../../datasets/sampleEdit';
import { storedPlace } from '../../../datasets/store/storedSplit';
import { flatInk } from '../../../ink/flatInk';
import type { Ink } from '../../../ink/ink';
import { isError, type AlignedCharacter } from '../../../metrics/lineConfusion';
import {
  type Aligned,
  LINE_PAGE,
  type LineFilter,
  type LineList,
  type LineView,
  type ShownLine,
} from '../../../protocol/pages/lineEvaluation';
import type { StoredPlace } from '../../samples/placedPictures';
import type { SplitReader } from '../../samples/sampleReader';
import type { LiveLineEvaluation } from './liveLineEvaluation';

/** More points than these are not drawn of a line: a page could not take them. */
const MOST_POINTS = 20_000;

/**
 * The lines of an evaluation that a filter lets through, those with most errors first. What is changed in them while
 * they are looked at stays in its place until they are listed anew.
 */
export class LineSession {
  /** Of all sessions: what comes late for one is nothing to the next. */
  private static revisions = 0;
  private revision = 0;
  private rows: readonly number[] = [];

  constructor(
    private readonly live: LiveLineEvaluation,
    /** None where the samples are others by now. */
    private readonly readers: readonly SplitReader[],
    private view: LineView,
  ) {
    this.show(view);
  }

  get blanks(): LineView['blanks'] {
    return this.view.blanks;
  }

  /** Lists the lines anew. */
  show(view: LineView): void {
    const { live } = this;
    this.view = view;
    const weights = Array.from({ length: live.count }, (_, row) => weightOf(live, row, view));
    this.rows = weights
      .map((_, row) => row)
      .filter((row) => passes(live, row, view))
      .sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
    this.revision = ++LineSession.revisions;
  }

  /** The lines say something else now, in the same places. */
  keepUp(): void {
    this.revision = ++LineSession.revisions;
  }

  /** @param undo what can be undone, in words */
  list(undo: string | undefined): LineList {
    const { live, view } = this;
    return {
      type: 'list',
      revision: this.revision,
      view,
      total: this.rows.length,
      wrong: live.counting().filter((row) => live.errors(row, view.blanks) > 0).length,
      ...(undo !== undefined && { undo }),
    };
  }

  /** The lines of a page; undefined where the list is another by now. */
  async page(revision: number, page: number): Promise<ShownLine[] | undefined> {
    if (revision !== this.revision) return undefined;
    const rows = this.rows.slice(page * LINE_PAGE, (page + 1) * LINE_PAGE);
    return Promise.all(rows.map((row) => this.shown(row)));
  }

  /** The row of the line at a place; undefined where the list is another by now. */
  rowAt(revision: number, place: number): number | undefined {
    return revision === this.revision ? this.rows[place] : undefined;
  }

  /** Gives a line another text; undefined where it has it. */
  relabel(row: number, text: string): SampleEdit | undefined {
    const { live } = this;
    if (text === live.text(row) && !live.isExcluded(row)) return undefined;
    const label = text === live.storedText(row) ? undefined : text;
    return relabelEdit(text, 1, [{ ...this.storedPlace(row), label, excluded: false }]);
  }

  /** Leaves a line out, or takes it back in. */
  exclude(row: number, excluded: boolean): SampleEdit {
    const text = this.live.text(row);
    const label = text === this.live.storedText(row) ? undefined : text;
    return excludeEdit(excluded, 1, [{ ...this.storedPlace(row), label, excluded }]);
  }

  /** Leaves a line as it is stored; undefined where it is. */
  restore(row: number): SampleEdit | undefined {
    return this.live.isChanged(row) ? restoreEdit(1, [this.storedPlace(row)]) : undefined;
  }

  async close(): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.close()));
  }

  private async shown(row: number): Promise<ShownLine> {
    const { live } = this;
    const place = this.storedPlace(row);
    const [text, stored] = [live.text(row), live.storedText(row)];
    const other = live.otherAlignment(row, this.blanks);
    return {
      ...place,
      text,
      ...(text !== stored && { stored }),
      answer: live.answer(row),
      excluded: live.isExcluded(row),
      aligned: shownAlignment(live.alignment(row, this.blanks)),
      ...(other && { other: shownAlignment(other) }),
      ink: flatInk(await this.ink(place), MOST_POINTS).map((stroke) => Float32Array.from(stroke)),
    };
  }

  private async ink({ split, index }: StoredPlace): Promise<Ink> {
    const sample = await this.readers.find((reader) => reader.split === split)?.sample(index);
    return sample?.kind === 'ink' ? sample.ink : [];
  }

  private storedPlace(row: number): StoredPlace {
    const { of } = this.live.evaluation.header;
    const index = this.live.place(row);
    const { dataset } = this.live;
    return (dataset && storedPlace(dataset, of, index)) ?? { split: of, index };
  }
}

/** What lists a line before others: its errors, or of lines that one of two reads better, how many those differ by. */
function weightOf(live: LiveLineEvaluation, row: number, { blanks, filter }: LineView): number {
  const isCompared = filter.kind === 'better' || filter.kind === 'worse';
  return isCompared ? Math.abs(live.moreErrors(row, blanks)) : live.errors(row, blanks);
}

function shownAlignment(aligned: readonly AlignedCharacter[]): Aligned[] {
  return aligned.map(({ truth, answer }) => ({
    ...(truth !== undefined && { truth }),
    ...(answer !== undefined && { answer }),
  }));
}

function passes(live: LiveLineEvaluation, row: number, { blanks, filter }: LineView): boolean {
  if (filter.kind === 'all') return true;
  if (filter.kind === 'changed') return live.isChanged(row);
  if (live.isExcluded(row)) return false;
  if (filter.kind === 'writer' && live.writer(row) !== filter.name) return false;
  if (filter.kind === 'better') return live.moreErrors(row, blanks) < 0;
  if (filter.kind === 'worse') return live.moreErrors(row, blanks) > 0;
  return live.alignment(row, blanks).some((each) => isError(each) && isOf(filter, each));
}

function isOf(
  filter: LineFilter,
  { truth, answer }: { truth: string | undefined; answer: string | undefined },
) {
  return filter.kind !== 'confusion' || (filter.truth === truth && filter.answer === answer);
}
