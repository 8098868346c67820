import * as vscode from 'vscode';
import type { DatasetLibrary } from '../../datasets/library';
import { Command } from '../../names';
import type { BrowsePanels } from '../../views/browsePanel';
import type { PreviewParts } from '../../views/importPreviewPanel';
import { browseDataset } from './browse';
import { downloadDataset } from './download';
import { exportMyHandwriting, exportStoredDataset } from './export';
import { importOwnDataset } from './import';
import { mergeStoredDatasets } from './merge';
import type { DatasetArgument } from './pickDataset';
import { removeDataset } from './remove';
import { verifyDataset } from './verify';

export interface DatasetParts extends PreviewParts {
  library: DatasetLibrary;
  browsePanels: BrowsePanels;
}

/** The commands on datasets; each takes a row of the tree, a dataset's id, or nothing. */
export function datasetCommands(parts: DatasetParts) {
  const { library, browsePanels } = parts;
  const on = (run: (library: DatasetLibrary, argument: DatasetArgument) => unknown) => (argument?: unknown) =>
    run(library, datasetArgument(argument));
  return {
    [Command.downloadDataset]: on(downloadDataset),
    [Command.resumeDownload]: on(downloadDataset),
    [Command.pauseDownload]: (argument?: unknown) => {
      const named = datasetArgument(argument);
      return library.pause(typeof named === 'string' ? named : (named?.entry.id ?? ''));
    },
    [Command.importDataset]: (argument?: unknown) =>
      importOwnDataset(library, parts, argument instanceof vscode.Uri ? argument : undefined),
    [Command.exportDataset]: on(exportStoredDataset),
    [Command.exportMyHandwriting]: () => exportMyHandwriting(library),
    [Command.mergeDatasets]: on(mergeStoredDatasets),
    [Command.verifyDataset]: on(verifyDataset),
    [Command.removeDataset]: on(removeDataset),
    [Command.browseDataset]: (argument?: unknown) =>
      browseDataset(library, browsePanels, datasetArgument(argument)),
  };
}

/** What a command was called with, where that is a dataset. */
function datasetArgument(argument: unknown): DatasetArgument {
  if (typeof argument === 'string') return argument;
  const isNode = typeof argument === 'object' && argument !== null && 'entry' in argument;
  return isNode ? (argument as DatasetArgument) : undefined;
}
