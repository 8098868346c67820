import * as vscode from 'vscode';
import { formatBytes } from '../../base/words';
import { isOwnSamples } from '../../datasets/store/ownSamples';
import type { DatasetEntry } from '../../datasets/store/datasetEntry';
import type { DatasetLibrary } from './library';
import { type DatasetArgument, datasetFor } from './pickDataset';

const REMOVE = 'Remove';

/** Takes a dataset, or what has come of one, from the disk, once the user has confirmed it. */
export async function removeDataset(library: DatasetLibrary, argument: DatasetArgument): Promise<void> {
  const entry = await datasetFor(library, argument, {
    title: 'Remove Dataset',
    placeHolder: 'The dataset to remove from this machine',
    suits: ({ state }) => state !== 'absent',
    none: 'There is no dataset to remove.',
  });
  if (!entry) return;
  const answer = await vscode.window.showWarningMessage(
    `Remove ${entry.name} from this machine?`,
    { modal: true, detail: whatIsLost(entry) },
    REMOVE,
  );
  if (answer !== REMOVE) return;
  await library.pause(entry.id);
  try {
    await library.store.remove(entry.id);
  } finally {
    library.refresh();
  }
}

function whatIsLost({ id, catalog, doneBytes }: DatasetEntry): string {
  if (isOwnSamples(id))
    return 'What you kept from the pad exists nowhere else: export it first if you want it back.';
  const again = catalog ? 'It can be downloaded again.' : 'What it was imported from stays where it is.';
  return `${formatBytes(doneBytes)} will be freed. ${again} Your relabels and exclusions are lost.`;
}
