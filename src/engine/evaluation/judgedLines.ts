import { incomparableLines } from '../../evaluations/incomparable';
import type { EvaluatedLine } from '../../evaluations/lineEvaluationFile';
import { compareLines, type LineComparison } from '../../metrics/compareLines';
import { judgedLines } from '../../metrics/judgedLines';
import { scoreLines, type Blanks, type LineScores } from '../../metrics/lineScores';
import { ModelError } from '../../models/errors';
import type { EvaluatedLines } from './storedLineEvaluation';

/** Lines that were read, judged by the texts that they have now, with what they say. */
export interface JudgedLines {
  readonly evaluated: EvaluatedLines;
  /** Those that count. */
  readonly lines: readonly EvaluatedLine[];
  readonly scores: Readonly<Record<Blanks, LineScores>>;
}

/** Judges what a model read by the texts as they are now. */
export function judgeLines(evaluated: EvaluatedLines): JudgedLines {
  const lines = judgedLines(evaluated.evaluation.lines, evaluated.source.changes);
  const scores = { ignored: scoreLines(lines, 'ignored'), counted: scoreLines(lines, 'counted') };
  return { evaluated, lines, scores };
}

/**
 * Compares two readings of the same lines.
 *
 * @throws ModelError where they are of other lines
 */
export function compareJudgedLines(first: JudgedLines, second: JudgedLines): Record<Blanks, LineComparison> {
  const problem = incomparableLines(first.evaluated.evaluation, second.evaluated.evaluation);
  if (problem !== undefined) throw new ModelError(problem);
  const twice = first.lines.map(({ text, answer }, at) => ({
    text,
    first: answer,
    second: second.lines[at]?.answer ?? '',
  }));
  return { ignored: compareLines(twice, 'ignored'), counted: compareLines(twice, 'counted') };
}

/** Lines that the model read in a second, preparing their points included. */
export function linesPerSecond({ evaluation: { header } }: Pick<EvaluatedLines, 'evaluation'>): number {
  return header.milliseconds > 0 ? (1000 * header.samples) / header.milliseconds : 0;
}
