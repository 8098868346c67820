import { readCard } from '../../models/modelFolder';
import { findLabelIssues, type LabelIssues } from '../../protocol/engine/evaluation';
import type { ReviewSpec } from '../../protocol/pages/review';
import { progressOf } from '../evaluation/evaluate';
import type { Report } from '../shell/longWork';
import type { Engine } from '../engine/engine';

/** Labels that a review has at most: nobody goes through more, and all of them are in memory. */
const MOST_LABELS = 10_000;

/**
 * Finds the suspicious labels of a split; the model reads it unless that is stored.
 *
 * @throws UserError where that fails, Canceled when the signal is aborted
 */
export async function findIssues(
  engine: Engine,
  home: string,
  spec: ReviewSpec,
  report: Report,
  signal: AbortSignal,
): Promise<LabelIssues> {
  const { name } = await readCard(spec.model);
  report(name);
  const params = { ...spec, home, most: MOST_LABELS };
  return engine.call(findLabelIssues, params, { signal, onProgress: progressOf(name, report) });
}
