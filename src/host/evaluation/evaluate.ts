import { readCard } from '../../models/modelFolder';
import type { Split } from '../../base/split';
import * as calls from '../../protocol/engine/evaluation';
import type { Judging } from '../../protocol/pages/evaluation';
import { counted, grouped } from '../../base/words';
import { UserError } from '../../base/userError';
import type { Engine } from '../engine/engine';
import type { Report } from '../shell/longWork';
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

/**
 * Evaluates a model on a split, or finds what was stored.
 *
 * @throws UserError where that fails, Canceled when the signal is aborted
 */
export async function evaluate(
  engine: Engine,
  { model, home, dataset, split, judging }: EvaluationTask,
  report: Report,
  signal: AbortSignal,
): Promise<EvaluationSpec> {
  const { name } = await readCard(model);
  report(name);
  const result = await engine.call(
    calls.evaluate,
    { model, home, dataset, split, ...judging },
    { signal, onProgress: progressOf(name, report) },
  );
  return { file: fileOf(result), model, dataset, split: result.split, judging };
}

/**
 * Where an evaluation is kept.
 *
 * @throws UserError where it is not
 */
export function fileOf({
  file,
  problem,
}: {
  file?: string | undefined;
  problem?: string | undefined;
}): string {
  if (file !== undefined) return file;
  throw new UserError(problem ?? 'The evaluation could not be kept: check the disk.');
}

/** Tells in words how far a model has read a split. */
export function progressOf(model: string, report: Report): (progress: calls.SplitProgress) => void {
  return ({ done, total, samplesPerSecond }) =>
    report(
      `${model}: ${grouped(done)} of ${counted(total, 'sample')}, ${grouped(Math.round(samplesPerSecond))}/s`,
      total > 0 ? done / total : 0,
    );
}
