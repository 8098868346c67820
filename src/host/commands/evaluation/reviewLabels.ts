import type { Manifest } from '../../../datasets/manifest';
import { type Split, SPLITS } from '../../../datasets/samples';
import type { WholeModel } from '../../../models/modelStore';
import type { ReviewSpec } from '../../../protocol/review';
import { findIssues } from '../../review/findIssues';
import type { ReviewPanels } from '../../views/reviewPanels';
import { longWork } from '../datasets/longWork';
import { type DatasetArgument, datasetFor } from '../datasets/pickDataset';
import { modelArgument, wholeModelFor } from '../models/pickModel';
import type { EvaluateParts } from './evaluateModel';
import { pickSplit } from './pickEvaluated';

export interface ReviewLabelsParts extends EvaluateParts {
  reviewPanels: ReviewPanels;
}

const TITLE = 'Review Suspicious Labels';

/** Asks which model judges which labels, finds those that it speaks against, and opens them in a tab. */
export async function reviewLabels(parts: ReviewLabelsParts, argument: unknown): Promise<void> {
  const model = await pickJudge(parts, argument);
  if (!model) return;
  const manifest = await pickLabels(parts, argument);
  if (!manifest) return;
  const split =
    splitArgument(argument) ??
    (await pickSplit(manifest, model, {
      title: TITLE,
      placeHolder: 'The samples whose labels are to be reviewed',
      first: 'train',
    }));
  if (split === undefined) return;
  const spec: ReviewSpec = { model: model.folder, dataset: manifest.id, split };
  const { home } = parts.library.store;
  const found = await longWork('Looking for suspicious labels', (report, signal) =>
    findIssues(parts.engine, home, spec, report, signal),
  );
  if (found) parts.reviewPanels.show(spec, found);
}

function pickJudge(
  { models, current }: ReviewLabelsParts,
  argument: unknown,
): Promise<WholeModel | undefined> {
  return wholeModelFor(models, modelArgument(argument), {
    title: TITLE,
    placeHolder: 'The model that judges the labels, best one that has not learnt from them',
    suits: () => true,
    none: 'There is no model that can be read: train or import one first.',
    first: ({ folder }) => folder === current.spec?.model,
  });
}

async function pickLabels(
  { library, current }: ReviewLabelsParts,
  argument: unknown,
): Promise<Manifest | undefined> {
  const entry = await datasetFor(library, datasetArgument(argument), {
    title: TITLE,
    placeHolder: 'The dataset whose labels are to be reviewed',
    suits: ({ state }) => state === 'ready',
    none: 'There is no dataset to review: run "Scrawl: Download Dataset…" or "Scrawl: Import Dataset…" first.',
    first: ({ id }) => id === current.spec?.dataset,
  });
  return entry?.manifest;
}

/** What the command was called with, where that is a row of the datasets. */
function datasetArgument(argument: unknown): DatasetArgument {
  const isRow = typeof argument === 'object' && argument !== null && 'entry' in argument;
  return isRow ? (argument as DatasetArgument) : undefined;
}

function splitArgument(argument: unknown): Split | undefined {
  const isSplit = typeof argument === 'object' && argument !== null && 'split' in argument;
  return isSplit ? SPLITS.find((split) => split === argument.split) : undefined;
}
