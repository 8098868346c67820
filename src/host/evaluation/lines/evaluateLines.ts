import { readLineCard } from '../../../models/lineCard';
import * as calls from '../../../protocol/engine/evaluation';
import type { Engine } from '../../engine/engine';
import type { Report } from '../../shell/longWork';
import { fileOf, progressOf } from '../evaluate';
import type { LineEvaluationSpec, LineEvaluationTask } from './lineEvaluationSpec';

/**
 * Evaluates a model of lines on a split, or finds what was stored.
 *
 * @throws UserError where that fails, Canceled when the signal is aborted
 */
export async function evaluateLines(
  engine: Engine,
  home: string,
  { model, dataset, split, language }: LineEvaluationTask,
  report: Report,
  signal: AbortSignal,
): Promise<LineEvaluationSpec> {
  const { name } = await readLineCard(model);
  report(name);
  const result = await engine.call(
    calls.evaluateLines,
    { model, home, dataset, split, language },
    { signal, onProgress: progressOf(name, report) },
  );
  return {
    ...{ file: fileOf(result), model, dataset, split: result.split },
    ...(language !== undefined && { language }),
  };
}
