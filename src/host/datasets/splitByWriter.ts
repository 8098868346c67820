import * as vscode from 'vscode';
import { counted } from '../../base/words';
import { splitByWriter } from '../../datasets/splitByWriter';
import { samplesOf } from '../../datasets/store/manifest';
import { longWork } from '../shell/longWork';
import { offerToBrowse } from './download';
import { askName } from './import';
import type { DatasetLibrary } from './library';
import { type DatasetArgument, datasetFor } from './pickDataset';

const TITLE = 'Split Dataset by Writer';

const SHARES = [
  { label: '80% train, 10% validation, 10% test', validation: 0.1, test: 0.1 },
  { label: '70% train, 15% validation, 15% test', validation: 0.15, test: 0.15 },
  { label: '80% train, 20% test', validation: 0, test: 0.2 },
  { label: '90% train, 10% test', validation: 0, test: 0.1 },
] as const;

/** Makes a dataset of another in splits of which no two have a writer in common. */
export async function splitDatasetByWriter(
  library: DatasetLibrary,
  argument: DatasetArgument,
): Promise<void> {
  const entry = await datasetFor(library, argument, {
    title: TITLE,
    placeHolder: 'The dataset to split, one of ink that names its writers',
    suits: ({ state, manifest }) => state === 'ready' && manifest?.kind === 'ink',
    none: 'There is no dataset of ink to split yet: run "Scrawl: Import Dataset…" first.',
  });
  if (!entry) return;
  const shares = await vscode.window.showQuickPick(SHARES, {
    title: TITLE,
    placeHolder: 'Samples in each split; whole writers come near to it',
  });
  if (!shares) return;
  const name = await askName(TITLE, `${entry.name} by Writer`);
  if (name === undefined) return;
  const { test, validation } = shares;
  const manifest = await longWork(`Splitting ${entry.name}`, (report, signal) =>
    splitByWriter(
      entry.id,
      {
        ...{ name, test, validation, signal },
        onProgress: ({ done, total }) => report(counted(done, 'sample'), done / total),
      },
      library.store,
    ),
  );
  library.refresh();
  if (!manifest) return;
  const counts = manifest.officialSplits.map(
    (split) => `${counted(samplesOf(manifest, split), 'sample')} in ${split}`,
  );
  await offerToBrowse(
    `${manifest.name} is ready: ${counts.join(', ')}; no writer is in two of them.`,
    manifest.id,
  );
}
