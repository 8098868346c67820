import * as vscode from 'vscode';
import type { DatasetLibrary } from './library';
import { describeProgress } from './words';
import { counted } from '../../base/words';
import { samplesOf } from '../../datasets/store/manifest';
import { Command } from '../shell/names';
import { isAbort, longWork } from '../shell/longWork';
import { type DatasetArgument, datasetFor } from './pickDataset';

/** Downloads a dataset of the catalog, or goes on with one; stopping keeps what has come. */
export async function downloadDataset(library: DatasetLibrary, argument: DatasetArgument): Promise<void> {
  const entry = await datasetFor(library, argument, {
    title: 'Download Dataset',
    placeHolder: 'The dataset to download',
    suits: ({ state, catalog }) => catalog !== undefined && state !== 'ready',
    none: 'Every dataset that can be downloaded is here.',
  });
  if (!entry) return;
  if (library.progress(entry.id)) return;
  const manifest = await longWork(`Downloading ${entry.name}`, async (report, signal) => {
    signal.addEventListener('abort', () => void library.pause(entry.id));
    try {
      return await library.download(entry.id, (progress) => {
        const share = progress.totalBytes > 0 ? progress.doneBytes / progress.totalBytes : 0;
        // fetching is most of the way, preparing the rest
        const done =
          progress.phase === 'downloading'
            ? 0.9 * share
            : progress.phase === 'building'
              ? 0.9 + 0.1 * share
              : 0;
        report(describeProgress(progress), done);
      });
    } catch (error) {
      // paused from the tree
      if (isAbort(error)) return undefined;
      throw error;
    }
  });
  if (!manifest) return;
  await offerToBrowse(`${entry.name} is ready: ${counted(samplesOf(manifest), 'sample')}.`, entry.id);
}

/** Goes on with the downloads that a closed window left; those that were paused stay so. */
export function goOnWithDownloads({ interrupted }: DatasetLibrary): void {
  for (const id of interrupted) void vscode.commands.executeCommand(Command.resumeDownload, id);
}

/** Says that a dataset is ready, and opens it where the user wants to see it. */
export async function offerToBrowse(message: string, id: string): Promise<void> {
  const browse = 'Browse';
  // nobody waits for a notification to be answered
  void vscode.window.showInformationMessage(message, browse).then((answer) => {
    if (answer === browse) void vscode.commands.executeCommand(Command.browseDataset, id);
  });
  await Promise.resolve();
}
