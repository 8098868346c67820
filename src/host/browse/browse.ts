import type { DatasetLibrary } from '../datasets/library';
import type { BrowseTabs } from './browsePanel';
import { type DatasetArgument, datasetFor } from '../datasets/pickDataset';

/** Opens a dataset, or one split of it, in an editor tab. */
export async function browseDataset(
  library: DatasetLibrary,
  tabs: BrowseTabs,
  argument: DatasetArgument,
): Promise<void> {
  const entry = await datasetFor(library, argument, {
    title: 'Browse Dataset',
    placeHolder: 'The dataset to browse',
    suits: ({ state }) => state === 'ready',
    none: 'There is no dataset to browse yet: run "Scrawl: Download Dataset…" first.',
  });
  if (!entry) return;
  const split = typeof argument === 'object' && 'split' in argument ? String(argument.split) : undefined;
  tabs.show({ id: entry.id, name: entry.name, split });
}
