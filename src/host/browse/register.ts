import { datasetArgument } from '../datasets/pickDataset';
import type { DatasetLibrary } from '../datasets/library';
import type { Pads } from '../pad/pads';
import { Command } from '../shell/names';
import type { Shell } from '../shell/shell';
import { browseDataset } from './browse';
import { browseTabs } from './browsePanel';

/** Looking through datasets. */
export function registerBrowse(shell: Shell, { library, pad }: { library: DatasetLibrary; pad: Pads }): void {
  const tabs = shell.own(browseTabs(shell, { library, sendToPad: (sample) => pad.showSample(sample) }));
  shell.commands({
    [Command.browseDataset]: (argument) => browseDataset(library, tabs, datasetArgument(argument)),
  });
}
