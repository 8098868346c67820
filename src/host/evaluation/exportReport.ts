import { writeReport } from '../../protocol/engine/evaluation';
import { UserError } from '../../base/userError';
import { exportAsked } from './exportAsked';
import type { EvaluateParts } from './evaluateModel';

/** Writes the window's evaluation as a page that opens without a network, its figures, or its confusion matrix. */
export async function exportReport({ current, engine, evaluations, library }: EvaluateParts): Promise<void> {
  const { spec } = current;
  if (!spec) throw new UserError('There is nothing to export: run "Scrawl: Evaluate Model…" first.');
  await evaluations.checkModels(spec);
  const { model, dataset, split, judging, other } = spec;
  await exportAsked(`${dataset}-${split}`, (report, options) =>
    engine.call(
      writeReport,
      {
        ...{ model, dataset, split, ...judging, ...report },
        home: library.store.home,
        ...(other && { compare: other.model }),
      },
      options,
    ),
  );
}
