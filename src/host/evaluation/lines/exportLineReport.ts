import { writeLineReport } from '../../../protocol/engine/evaluation';
import type { Engine } from '../../engine/engine';
import { exportAsked } from '../exportAsked';
import type { LineEvaluationSpec } from './lineEvaluationSpec';

/** Writes an evaluation of a model of lines as a page, its figures, or its confusion matrix. */
export async function exportLineReport(
  engine: Engine,
  home: string,
  spec: LineEvaluationSpec,
): Promise<void> {
  const { model, dataset, split, language, other } = spec;
  await exportAsked(`${dataset}-${split}`, (report, options) =>
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
