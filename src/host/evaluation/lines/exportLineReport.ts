import { writeLineReport } from '../../../protocol/engine/evaluation';
import type { Engine } from '../../engine/engine';
import { exportAsked } from '../exportAsked';
import type { LiveLineEvaluation } from './liveLineEvaluation';

/** Writes an evaluation of a model of lines as a page, its figures, its confusion matrix, or its writers. */
export async function exportLineReport(
  engine: Engine,
  home: string,
  { spec, evaluation }: LiveLineEvaluation,
): Promise<void> {
  const { model, dataset, split, language, other } = spec;
  const namesWriters = evaluation.lines.some(({ writer }) => writer !== undefined);
  await exportAsked(`${dataset}-${split}`, namesWriters, (report, options) =>
    engine.call(
      writeLineReport,
      {
        ...{ model, home, dataset, split, language, ...report },
        ...(other && { compare: { model: other.model, language: other.language } }),
      },
      options,
    ),
  );
}
