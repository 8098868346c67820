import path from 'node:path';
import * as vscode from 'vscode';
import * as calls from '../../protocol/engine/projection';
import { MOST_PROJECTED } from '../../protocol/projection';
import { counted } from '../../base/words';
import type { EvaluationSpec } from '../evaluation/evaluationSpec';
import { longWork } from '../shell/longWork';
import { chooseNewPlace, sayWhere } from '../shell/newPlace';
import { currentOrEvaluated, type EvaluateParts } from '../evaluation/evaluateModel';

/** Numbers of samples that are offered; the last is all that there may be. */
const COUNTS = [2000, 5000, 10_000, MOST_PROJECTED];

const TITLE = 'Export Embeddings for TensorBoard';

/** Writes the embeddings of the window's evaluation as TensorBoard's projector reads them. */
export async function exportCurrentEmbeddings(parts: EvaluateParts): Promise<void> {
  const spec = await currentOrEvaluated(parts, TITLE);
  if (!spec) return;
  const picked = await vscode.window.showQuickPick(
    COUNTS.map((count) => ({ label: `At most ${counted(count, 'sample')}`, count })),
    { title: TITLE, placeHolder: 'How many of the samples, evenly spread' },
  );
  if (picked) await exportEmbeddings(parts, spec, picked.count);
}

/** Asks for a place and writes a folder there, which is whole or absent. */
export async function exportEmbeddings(
  { engine, library, evaluations }: Pick<EvaluateParts, 'engine' | 'library' | 'evaluations'>,
  spec: EvaluationSpec,
  most: number,
): Promise<void> {
  const { model, dataset, split, judging } = spec;
  await evaluations.checkModels(spec);
  const folder = await chooseNewPlace(TITLE, `${path.basename(dataset)}-${split}-projector`);
  if (!folder) return;
  const done = await longWork('Exporting embeddings', (report, signal) =>
    engine.call(
      calls.exportEmbeddings,
      { model, dataset, split, ...judging, most, home: library.store.home, out: folder.fsPath },
      {
        signal,
        onProgress: ({ done: read, total }) => report(counted(read, 'sample'), total > 0 ? read / total : 0),
      },
    ),
  );
  if (!done) return;
  const { samples } = done;
  sayWhere(
    `${counted(samples, 'sample')} are written: tensorboard --logdir "${folder.fsPath}" shows them.`,
    folder,
  );
}
