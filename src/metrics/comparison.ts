import { isRight, type Judgment } from './judgment';
import { mcNemar, type McNemar } from './mcNemar';

/** How two models differ in one class. */
export interface ClassDifference {
  readonly name: string;
  /** Samples of the class that both were asked. */
  readonly support: number;
  /** Share of them that each gets right, 0 to 1. */
  readonly first: number;
  readonly second: number;
}

/** Two models on the same samples. */
export interface Comparison {
  readonly samples: number;
  readonly first: number;
  readonly second: number;
  readonly test: McNemar;
  /** The classes with samples, in which they differ most first. */
  readonly perClass: readonly ClassDifference[];
  /** Rows of the predictions that only the first, and only the second gets right. */
  readonly onlyFirst: readonly number[];
  readonly onlySecond: readonly number[];
}

/** Compares two judgments of the same rows, over the samples that both models can be right about. */
export function compare(first: Judgment, second: Judgment): Comparison {
  const placeInSecond = new Map(Array.from(second.rows, (row, sample) => [row, sample]));
  const classes = new Map<string, { support: number; first: number; second: number }>();
  const onlyFirst: number[] = [];
  const onlySecond: number[] = [];
  let samples = 0;
  first.rows.forEach((row, sample) => {
    const other = placeInSecond.get(row);
    if (other === undefined) return;
    const [a, b] = [isRight(first, sample), isRight(second, other)];
    const name = first.classes[first.truth[sample] ?? 0] ?? '';
    const counts = classes.get(name) ?? { support: 0, first: 0, second: 0 };
    classes.set(name, counts);
    samples++;
    counts.support++;
    counts.first += Number(a);
    counts.second += Number(b);
    if (a && !b) onlyFirst.push(row);
    if (b && !a) onlySecond.push(row);
  });
  const total = (which: 'first' | 'second') =>
    [...classes.values()].reduce((sum, each) => sum + each[which], 0) / Math.max(1, samples);
  return {
    samples,
    first: total('first'),
    second: total('second'),
    test: mcNemar(onlyFirst.length, onlySecond.length),
    perClass: [...classes].map(differenceOf).sort((a, b) => gap(b) - gap(a) || b.support - a.support),
    onlyFirst,
    onlySecond,
  };
}

function differenceOf([name, { support, first, second }]: [
  string,
  { support: number; first: number; second: number },
]): ClassDifference {
  return { name, support, first: first / support, second: second / support };
}

const gap = ({ first, second }: ClassDifference) => Math.abs(first - second);
