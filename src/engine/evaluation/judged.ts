import { compare, type Comparison } from '../../metrics/comparison';
import { figuresOf, type Figures } from '../../metrics/figures';
import { judgeSplit } from '../../metrics/judgeSplit';
import type { Judgment } from '../../metrics/judgment';
import { writerAccuracies, type WriterFigure } from '../../metrics/writers';
import { membership } from '../../base/alphabet';
import { ModelError } from '../../models/errors';
import { incomparable } from '../../evaluations/incomparable';
import { nothingToJudge } from './evaluate';
import type { Evaluated } from './storedEvaluation';

/** What the model may answer, and what is told apart. */
export interface JudgedBy {
  /** An alphabet's name or its characters. */
  readonly alphabet: string;
  /** Takes letters whatever their case, and 0 with O, as one. */
  readonly merged: boolean;
}

/** An evaluation with what it says under some options. */
export interface Judged {
  readonly evaluated: Evaluated;
  readonly by: JudgedBy;
  readonly judgment: Judgment;
  readonly figures: Figures;
  /** Of each writer that is known, the worst first. */
  readonly writers: readonly WriterFigure[];
}

/**
 * Judges an evaluation by the labels as they are now.
 *
 * @throws ModelError where no sample is of a class that the model can give
 */
export function judged(evaluated: Evaluated, by: JudgedBy): Judged {
  const judgment = judgmentOf(evaluated, by);
  const writers = writerAccuracies(judgment, evaluated.evaluation.writers);
  return { evaluated, by, judgment, figures: figuresOf(judgment), writers };
}

/**
 * What the model answered on each sample.
 *
 * @throws ModelError as `judged` does
 */
export function judgmentOf({ evaluation, source }: Evaluated, { alphabet, merged }: JudgedBy): Judgment {
  const allowed = membership(alphabet, evaluation.header.outputs);
  const judgment = judgeSplit(evaluation, source.changes, { allowed, merged });
  if (judgment.truth.length === 0) throw nothingToJudge(source.dataset.id);
  return judgment;
}

/**
 * Compares two models that were judged on the same samples.
 *
 * @throws ModelError where they were not
 */
export function compareJudged(first: Judged, second: Judged): Comparison {
  const problem = incomparable(first.evaluated.evaluation, second.evaluated.evaluation);
  if (problem !== undefined) throw new ModelError(problem);
  return compare(first.judgment, second.judgment);
}

/** Samples that the model computed in a second, pictures included. */
export function samplesPerSecond({ evaluation: { header } }: Evaluated): number {
  return header.milliseconds > 0 ? (1000 * header.samples) / header.milliseconds : 0;
}
