import * as vscode from 'vscode';
import { DatasetError } from '../../datasets/errors';
import type { DatasetLibrary } from './library';
import { percentDone } from '../../base/words';
import { Command } from '../shell/names';
import { longWork } from '../shell/longWork';
import { type DatasetArgument, datasetFor } from './pickDataset';

/** Reads a dataset whole and compares it with its checksum; what is damaged can be downloaded anew. */
export async function verifyDataset(library: DatasetLibrary, argument: DatasetArgument): Promise<void> {
  const entry = await datasetFor(library, argument, {
    title: 'Verify Dataset',
    placeHolder: 'The dataset to compare with its checksum',
    suits: ({ state }) => state === 'ready' || state === 'damaged',
    none: 'There is no dataset to verify yet: run "Scrawl: Download Dataset…" first.',
  });
  if (!entry) return;
  try {
    const whole = await longWork(`Verifying ${entry.name}`, (report, signal) =>
      library.store.verify(entry.id, {
        signal,
        onProgress: ({ doneBytes, totalBytes }) =>
          report(percentDone(doneBytes, totalBytes), totalBytes > 0 ? doneBytes / totalBytes : 0),
      }),
    );
    if (whole) void vscode.window.showInformationMessage(`${entry.name} is whole.`);
  } catch (error) {
    if (!(error instanceof DatasetError && entry.catalog)) throw error;
    const again = 'Download Again';
    void vscode.window.showWarningMessage(error.message, again).then((answer) => {
      if (answer === again) void vscode.commands.executeCommand(Command.downloadDataset, entry.id);
    });
  } finally {
    library.refresh();
  }
}
