import { writeReport } from '../../protocol/engine/evaluation';
import { UserError } from '../../base/userError';
import { exportAsked } from './exportAsked';
import type { EvaluateParts } from './evaluateModel';

/** Writes the window's evaluation as a page that opens without a network, its figures, its confusion matrix, or its writers. */
export async function exportReport({ current, engine, evaluations, library }: EvaluateParts): Promise<void> {
  const { spec } = current;
  if (!spec) throw new UserError('There is nothing to export: run "Scrawl: Evaluate Model…" first.');
  await evaluations.checkModels(spec);
  const held = await evaluations.hold(spec);
  const namesWriters = held.live.writers.length > 0;
  held.release();
  const { model, dataset, split, judging, other } = spec;
  await exportAsked(`${dataset}-${split}`, namesWriters, (report, options) =>
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
