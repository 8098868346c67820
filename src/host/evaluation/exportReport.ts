import { writeReport } from '../../protocol/engine/evaluation';
import { UserError } from '../../base/userError';
import { longWork } from '../shell/longWork';
import { askReport, offerToOpen } from './askReport';
import type { EvaluateParts } from './evaluateModel';

/** Writes the window's evaluation as a page that opens without a network, its figures, or its confusion matrix. */
export async function exportReport({ current, engine, evaluations, library }: EvaluateParts): Promise<void> {
  const { spec } = current;
  if (!spec) throw new UserError('There is nothing to export: run "Scrawl: Evaluate Model…" first.');
  await evaluations.checkModels(spec);
  const asked = await askReport(`${spec.dataset}-${spec.split}`);
  if (!asked) return;
  const { model, dataset, split, judging, other } = spec;
  const done = await longWork('Exporting the report', async (report, signal) => {
    await engine.call(
      writeReport,
      {
        ...{ model, dataset, split, ...judging },
        home: library.store.home,
        file: asked.target.fsPath,
        format: asked.format,
        ...(other && { compare: other.model }),
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
