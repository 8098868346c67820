import * as vscode from 'vscode';
import type { DatasetLibrary } from './library';
import { Command } from '../shell/names';
import { downloadDataset } from './download';
import { exportMyHandwriting, exportStoredDataset } from './export';
import { importOwnDataset, type ImportParts } from './import';
import { mergeStoredDatasets } from './merge';
import { datasetArgument, type DatasetArgument } from './pickDataset';
import { removeDataset } from './remove';
import { splitDatasetByWriter } from './splitByWriter';
import { verifyDataset } from './verify';

/** The commands on datasets; each takes a row of the tree, a dataset's id, or nothing. */
export function datasetCommands(parts: ImportParts) {
  const { library } = parts;
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
      importOwnDataset(parts, argument instanceof vscode.Uri ? argument : undefined),
    [Command.exportDataset]: on(exportStoredDataset),
    [Command.exportMyHandwriting]: () => exportMyHandwriting(library),
    [Command.mergeDatasets]: on(mergeStoredDatasets),
    [Command.splitByWriter]: on(splitDatasetByWriter),
    [Command.verifyDataset]: on(verifyDataset),
    [Command.removeDataset]: on(removeDataset),
  };
}
