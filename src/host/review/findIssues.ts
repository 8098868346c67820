import { readCard } from '../../models/modelFolder';
import {
  labelIssuesRequest,
  type LabelIssuesResult,
  labelIssuesResultSchema,
} from '../../protocol/evaluation';
import type { ReviewSpec } from '../../protocol/review';
import { progressOf, type Report } from '../evaluation/evaluate';
import type { EvaluationEngine } from '../evaluation/evaluationEngine';

/** Labels that a review has at most: nobody goes through more, and all of them are in memory. */
const MOST_LABELS = 10_000;

/**
 * Finds the suspicious labels of a split; the model reads it unless that is stored.
 *
 * @throws UserError where that fails, Cancelled when the signal is aborted
 */
export async function findIssues(
  engine: EvaluationEngine,
  home: string,
  spec: ReviewSpec,
  report: Report,
  signal: AbortSignal,
): Promise<LabelIssuesResult> {
  const { name } = await readCard(spec.model);
  report(name);
  return engine.work(labelIssuesRequest, { ...spec, home, most: MOST_LABELS }, labelIssuesResultSchema, {
    signal,
    onProgress: progressOf(name, report),
  });
}
