import { Keeper } from '../samples/keeper';
import type { Shell } from '../shell/shell';
import { datasetCommands } from './datasetCommands';
import { DatasetsView } from './datasetsView';
import { goOnWithDownloads } from './download';
import { Importer } from './importer';
import { ImportPreviews } from './importPreviewPanel';
import { openLibrary } from './library';

/** The stored datasets, their downloads and imports, and the samples that the user keeps. */
export function registerDatasets(shell: Shell) {
  const library = shell.own(openLibrary(shell));
  const keeper = shell.own(new Keeper(library.store.handwriting, library.store.lines));
  const importer = new Importer(shell.shipped('dist', 'importer.js'));
  const previews = shell.own(new ImportPreviews(shell, importer));
  shell.own(new DatasetsView(library, keeper, shell.log));
  shell.commands(datasetCommands({ library, importer, previews, log: shell.log }));
  goOnWithDownloads(library);
  return { library, keeper, importer };
}
