import { readCard } from '../../models/modelFolder';
import type { Split } from '../../datasets/samples';
import { evaluateRequest, evaluateResultSchema } from '../../protocol/evaluation';
import type { Judging } from '../../protocol/evaluationView';
import { counted } from '../datasets/words';
import { UserError } from '../errors';
import type { EvaluationEngine, WorkOptions } from './evaluationEngine';
import type { EvaluationSpec } from './evaluationSpec';

/** What is to be evaluated. */
export interface EvaluationTask {
  /** Folder of the model. */
  readonly model: string;
  readonly home: string;
  readonly dataset: string;
  readonly split: Split;
  readonly judging: Judging;
}

/** Told in words how far it is, and as a share from 0 to 1. */
export type Report = (message: string, share?: number) => void;

/**
 * Evaluates a model on a split, or finds what was stored.
 *
 * @throws UserError where that fails, Cancelled when the signal is aborted
 */
export async function evaluate(
  engine: EvaluationEngine,
  { model, home, dataset, split, judging }: EvaluationTask,
  report: Report,
  signal: AbortSignal,
): Promise<EvaluationSpec> {
  const { name } = await readCard(model);
  report(name);
  const result = await engine.work(
    evaluateRequest,
    { model, home, dataset, split, ...judging },
    evaluateResultSchema,
    { signal, onProgress: progressOf(name, report) },
  );
  if (result.file === undefined) {
    throw new UserError(result.problem ?? 'The evaluation could not be kept: check the disk.');
  }
  return { file: result.file, model, dataset, split: result.split, judging };
}

/** Tells in words how far a model has read a split. */
export function progressOf(model: string, report: Report): WorkOptions['onProgress'] {
  return ({ done, total, samplesPerSecond }) =>
    report(
      `${model}: ${done.toLocaleString('en')} of ${counted(total, 'sample')}, ${Math.round(samplesPerSecond).toLocaleString('en')}/s`,
      total > 0 ? done / total : 0,
    );
}
