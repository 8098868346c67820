import * as vscode from 'vscode';
import { mergeDatasets } from '../../datasets/merge';
import type { DatasetLibrary } from './library';
import { describeEntry } from './words';
import { counted } from '../../base/words';
import { samplesOf } from '../../datasets/store/manifest';
import { UserError } from '../../base/userError';
import { offerToBrowse } from './download';
import { askName } from './import';
import { longWork } from '../shell/longWork';
import type { DatasetArgument } from './pickDataset';

const TITLE = 'Merge Datasets';

/** Makes one dataset of several that the user picks. */
export async function mergeStoredDatasets(library: DatasetLibrary, argument: DatasetArgument): Promise<void> {
  const ids = await pickSeveral(library, typeof argument === 'string' ? argument : argument?.entry.id);
  if (!ids) return;
  const name = await askName(TITLE, '');
  if (name === undefined) return;
  const manifest = await longWork(`Merging into ${name}`, (report, signal) =>
    mergeDatasets(
      ids,
      {
        name,
        signal,
        onProgress: ({ done, total }) => report(counted(done, 'sample'), total > 0 ? done / total : 0),
      },
      library.store,
    ),
  );
  library.refresh();
  if (!manifest) return;
  await offerToBrowse(
    `${manifest.name} is ready: ${counted(samplesOf(manifest), 'sample')} of ${String(ids.length)} datasets.`,
    manifest.id,
  );
}

/** The ids of those that are picked, one of them beforehand; undefined where the user picks none. */
async function pickSeveral(library: DatasetLibrary, first?: string): Promise<string[] | undefined> {
  const entries = (await library.list()).filter(({ state }) => state === 'ready');
  if (entries.length < 2) {
    throw new UserError('There are not two datasets to merge yet: download or import another one first.');
  }
  const items = entries.map((entry) => ({
    id: entry.id,
    label: entry.name,
    description: `${entry.manifest?.kind === 'ink' ? 'ink' : 'pictures'}, ${describeEntry(entry, undefined)}`,
    picked: entry.id === first,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: TITLE,
    placeHolder: 'Two datasets or more: pictures of one size, or ink',
    canPickMany: true,
  });
  if (!picked || picked.length === 0) return undefined;
  if (picked.length < 2) throw new UserError('One dataset alone cannot be merged: pick two or more.');
  return picked.map(({ id }) => id);
}
