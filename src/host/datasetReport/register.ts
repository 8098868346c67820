import * as vscode from 'vscode';
import type { Importer } from '../datasets/importer';
import type { DatasetLibrary } from '../datasets/library';
import { datasetArgument, datasetFor } from '../datasets/pickDataset';
import { Command } from '../shell/names';
import type { Shell } from '../shell/shell';
import { reportTabs } from './reportTab';

/** Reports of what datasets hold, and of what may be wrong with their samples. */
export function registerDatasetReport(
  shell: Shell,
  { library, importer }: { library: DatasetLibrary; importer: Importer },
): void {
  const browse = async (argument: object) => {
    await vscode.commands.executeCommand(Command.browseDataset, argument);
  };
  const tabs = shell.own(reportTabs(shell, { library, importer, browse }));
  shell.commands({
    [Command.showDatasetReport]: async (argument?: unknown) => {
      const entry = await datasetFor(library, datasetArgument(argument), {
        title: 'Show Dataset Report',
        placeHolder: 'The dataset to look through',
        suits: ({ state }) => state === 'ready',
        none: 'There is no dataset to report on yet: run "Scrawl: Download Dataset…" first.',
      });
      if (entry) tabs.show({ id: entry.id });
    },
  });
}
