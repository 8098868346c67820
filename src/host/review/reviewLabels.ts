import type { Manifest } from '../../datasets/store/manifest';
import { type Split, SPLITS } from '../../base/split';
import type { WholeModel } from '../../models/modelStore';
import type { ReviewSpec } from '../../protocol/pages/review';
import { findIssues } from './findIssues';
import type { ReviewTabs } from './reviewPanels';
import { longWork } from '../shell/longWork';
import { datasetArgument, datasetFor } from '../datasets/pickDataset';
import { modelArgument, wholeModelFor } from '../models/pickModel';
import type { EvaluateParts } from '../evaluation/evaluateModel';
import { pickSplit } from '../evaluation/pickEvaluated';

export interface ReviewLabelsParts extends EvaluateParts {
  tabs: ReviewTabs;
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
    (await pickSplit(manifest, model.card, {
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
  if (found) parts.tabs.show({ spec, found });
}

function pickJudge(
  { models, current }: ReviewLabelsParts,
  argument: unknown,
): Promise<WholeModel | undefined> {
  return wholeModelFor(models, modelArgument(argument), {
    title: TITLE,
    placeHolder: 'The model that judges the labels, best one that has not learned from them',
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

function splitArgument(argument: unknown): Split | undefined {
  const isSplit = typeof argument === 'object' && argument !== null && 'split' in argument;
  return isSplit ? SPLITS.find((split) => split === argument.split) : undefined;
}
