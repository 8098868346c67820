import { editDistance } from './editDistance';
import { comparable, type Blanks } from './lineScores';
import { mcNemar, type McNemar } from './mcNemar';
import { ratioOf, type Share } from './ratio';

/** A line and what two models read from it. */
export interface TwiceReadLine {
  readonly text: string;
  readonly first: string;
  readonly second: string;
}

/** How two figures of the same lines differ: the first less the second, with the 95% interval of paired differences. */
export interface PairedDifference extends Share {
  readonly first: number;
  readonly second: number;
}

/** Two readings of the same lines. */
export interface LineComparison {
  readonly lines: number;
  readonly cer: PairedDifference;
  readonly wer: PairedDifference;
  readonly exact: PairedDifference;
  /** Of the lines that one alone reads without an error. */
  readonly test: McNemar;
  /** Lines that the first, and that the second reads with fewer errors. */
  readonly better: number;
  readonly worse: number;
}

/** Errors of both readings of a line, of so many characters or words. */
interface Errors {
  readonly first: number;
  readonly second: number;
  readonly length: number;
}

/** Compares two readings of the same lines. */
export function compareLines(lines: readonly TwiceReadLine[], blanks: Blanks): LineComparison {
  const texts = lines.map(({ text, first, second }) => ({
    text: comparable(text, blanks),
    first: comparable(first, blanks),
    second: comparable(second, blanks),
  }));
  const characters = texts.map((each) => errorsOf(each, (text) => [...text]));
  const exact = texts.map(({ text, first, second }) => ({
    first: Number(text === first),
    second: Number(text === second),
    length: 1,
  }));
  const alone = (a: 'first' | 'second', b: 'first' | 'second') =>
    exact.filter((each) => each[a] > each[b]).length;
  return {
    lines: lines.length,
    cer: difference(characters),
    wer: difference(texts.map((each) => errorsOf(each, (text) => text.split(' ')))),
    exact: differenceOfShares(exact),
    test: mcNemar(alone('first', 'second'), alone('second', 'first')),
    better: characters.filter(({ first, second }) => first < second).length,
    worse: characters.filter(({ first, second }) => first > second).length,
  };
}

function errorsOf({ text, first, second }: TwiceReadLine, parts: (text: string) => string[]): Errors {
  const truth = parts(text);
  const errors = (answer: string) => editDistance(truth, parts(answer));
  return { first: errors(first), second: errors(second), length: truth.length };
}

function difference(all: readonly Errors[]): PairedDifference {
  const lengths = all.map(({ length }) => length);
  const rate = (which: 'first' | 'second') =>
    ratioOf(
      all.map((each) => each[which]),
      lengths,
    )?.value ?? 0;
  const paired = ratioOf(
    all.map(({ first, second }) => first - second),
    lengths,
  );
  return {
    first: rate('first'),
    second: rate('second'),
    ...(paired ?? { value: 0, interval: { low: -1, high: 1 } }),
  };
}

/** Shares are at most 1, and so are their differences; an error rate can be more. */
function differenceOfShares(all: readonly Errors[]): PairedDifference {
  const { interval, ...rest } = difference(all);
  return { ...rest, interval: { low: Math.max(-1, interval.low), high: Math.min(1, interval.high) } };
}
