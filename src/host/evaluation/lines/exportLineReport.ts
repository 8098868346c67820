import { writeLineReport } from '../../../protocol/engine/evaluation';
import type { Engine } from '../../engine/engine';
import { longWork } from '../../shell/longWork';
import { askReport, offerToOpen } from '../askReport';
import type { LineEvaluationSpec } from './lineEvaluationSpec';

/** Writes an evaluation of a model of lines as a page, its figures, or its confusion matrix. */
export async function exportLineReport(
  engine: Engine,
  home: string,
  spec: LineEvaluationSpec,
): Promise<void> {
  const { model, dataset, split, language, other } = spec;
  const asked = await askReport(`${dataset}-${split}`);
  if (!asked) return;
  const done = await longWork('Exporting the report', async (report, signal) => {
    await engine.call(
      writeLineReport,
      {
        ...{ model, home, dataset, split, language },
        file: asked.target.fsPath,
        format: asked.format,
        ...(other && { compare: { model: other.model, language: other.language } }),
      },
      {
        signal,
        onProgress: ({ done: read, total }) => report('reading', total > 0 ? read / total : 0),
      },
    );
    return true;
  });
  if (done) await offerToOpen(asked);
}
