import type { WholeLineModel } from '../../../models/modelStore';
import { datasetFor } from '../../datasets/pickDataset';
import type { DatasetLibrary } from '../../datasets/library';
import type { Engine } from '../../engine/engine';
import { longWork } from '../../shell/longWork';
import { pickSplit } from '../pickEvaluated';
import { evaluateLines } from './evaluateLines';
import type { LineEvaluationTabs } from './lineEvaluationTab';
import { pickDecoding } from './pickDecoding';

interface Parts {
  readonly library: DatasetLibrary;
  readonly engine: Engine;
  readonly lineTabs: LineEvaluationTabs;
}

/** Asks which lines a model is to read, evaluates it unless that is stored, and shows the result in a tab. */
export async function evaluateLineModel(
  { library, engine, lineTabs }: Parts,
  model: WholeLineModel,
  title: string,
): Promise<void> {
  const entry = await datasetFor(library, undefined, {
    title,
    placeHolder: 'The ink to evaluate on: lines, words or characters',
    suits: ({ state, manifest }) => state === 'ready' && manifest?.kind === 'ink',
    none: 'There is no dataset of ink to evaluate on: run "Scrawl: Import Dataset…" first.',
  });
  if (!entry?.manifest) return;
  const split = await pickSplit(entry.manifest, model.lines, {
    title,
    placeHolder: 'The lines to evaluate on',
    first: 'test',
  });
  if (split === undefined) return;
  const decoding = await pickDecoding(title);
  if (!decoding) return;
  const { language } = decoding;
  const task = { model: model.folder, dataset: entry.id, split, ...(language !== undefined && { language }) };
  const { home } = library.store;
  const spec = await longWork('Evaluating', (report, signal) =>
    evaluateLines(engine, home, task, report, signal),
  );
  if (spec) lineTabs.show(spec);
}
