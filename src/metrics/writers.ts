import { groupBy } from '../base/groupBy';
import { wilsonInterval } from './interval';
import { isRight, type Judgment } from './judgment';
import { scoreLines, type Blanks, type ReadLine } from './lineScores';
import type { Share } from './ratio';

/** How well the samples of one writer are read: the share that is right, or of lines the character error rate. */
export interface WriterFigure extends Share {
  readonly writer: string;
  readonly samples: number;
}

/** A line, and who wrote it where that is known. */
export interface WrittenLine extends ReadLine {
  readonly writer?: string | undefined;
}

/**
 * The accuracy of each writer that is known, the worst first.
 *
 * @param writers of each row of the predictions
 */
export function writerAccuracies(
  judgment: Judgment,
  writers: readonly (string | undefined)[] = [],
): WriterFigure[] {
  const byWriter = groupBy(judgment.rows.keys(), (sample) => writers[judgment.rows[sample] ?? 0]);
  return figuresOf(byWriter, (all) => {
    const right = all.filter((sample) => isRight(judgment, sample)).length;
    return { value: right / all.length, interval: wilsonInterval(right, all.length) };
  }).sort((a, b) => a.value - b.value || inTurn(a, b));
}

/** The character error rate of each writer that is known, the worst first. */
export function writerErrorRates(lines: readonly WrittenLine[], blanks: Blanks): WriterFigure[] {
  const byWriter = groupBy(lines, ({ writer }) => writer);
  return figuresOf(byWriter, (all) => scoreLines(all, blanks).cer).sort(
    (a, b) => b.value - a.value || inTurn(a, b),
  );
}

function figuresOf<T>(
  byWriter: ReadonlyMap<string | undefined, readonly T[]>,
  shareOf: (all: readonly T[]) => Share,
): WriterFigure[] {
  return [...byWriter].flatMap(([writer, all]) =>
    writer === undefined ? [] : [{ writer, samples: all.length, ...shareOf(all) }],
  );
}

/** Of two that are read as well the one of more samples comes first, for it is known better. */
function inTurn(a: WriterFigure, b: WriterFigure): number {
  return b.samples - a.samples || (a.writer < b.writer ? -1 : 1);
}
