import * as vscode from 'vscode';
import { formatBytes } from '../../../datasets/download/formatBytes';
import { MY_HANDWRITING } from '../../../datasets/myHandwriting';
import type { DatasetEntry } from '../../../datasets/store';
import type { DatasetLibrary } from '../../datasets/library';
import { type DatasetArgument, datasetFor } from './pickDataset';

const REMOVE = 'Remove';

/** Takes a dataset, or what has come of one, from the disk, once the person has confirmed it. */
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

function whatIsLost({ id, catalogue, doneBytes }: DatasetEntry): string {
  if (id === MY_HANDWRITING)
    return 'What you kept from the pad is nowhere else: export it first to have it again.';
  const again = catalogue ? 'It can be downloaded again.' : 'What it was imported from stays where it is.';
  return `${formatBytes(doneBytes)} become free. ${again} Your relabels and exclusions of it are lost.`;
}
