import * as z from 'zod';
import type { DatasetLibrary } from '../datasets/library';
import type { BrowseTabs } from './browsePanel';
import { type DatasetArgument, datasetFor } from '../datasets/pickDataset';

/** What shows first, where the command was told. */
const chosenSchema = z.object({
  split: z.string().optional(),
  class: z.number().optional(),
  only: z.string().optional(),
});

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
  const { split, class: label, only } = chosenSchema.safeParse(argument).data ?? {};
  tabs.show({ id: entry.id, name: entry.name, split, label, only });
}
