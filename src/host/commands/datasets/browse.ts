import type { DatasetLibrary } from '../../datasets/library';
import type { BrowsePanels } from '../../views/browsePanel';
import { type DatasetArgument, datasetFor } from './pickDataset';

/** Opens a dataset, or one split of it, in an editor tab. */
export async function browseDataset(
  library: DatasetLibrary,
  panels: BrowsePanels,
  argument: DatasetArgument,
): Promise<void> {
  const entry = await datasetFor(library, argument, {
    title: 'Browse Dataset',
    placeHolder: 'The dataset to look at',
    suits: ({ state }) => state === 'ready',
    none: 'There is no dataset to look at yet: run "Scrawl: Download Dataset…" first.',
  });
  if (!entry) return;
  const split = typeof argument === 'object' && 'split' in argument ? String(argument.split) : undefined;
  panels.show(entry.id, entry.name, split);
}
