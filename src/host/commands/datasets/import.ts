import path from 'node:path';
import * as vscode from 'vscode';
import { openFiles } from '../../../datasets/files';
import { importDataset } from '../../../datasets/import/importDataset';
import { holdsPictures } from '../../../datasets/import/labelPictures';
import type { DatasetLibrary } from '../../datasets/library';
import { counted, samplesOf } from '../../datasets/words';
import { type PreviewParts, previewPictures } from '../../views/importPreviewPanel';
import { offerToBrowse } from './download';
import { longWork } from './longWork';

const FOLDER = 'Folder…';
const FILE = 'File…';

/** Makes a dataset of a folder or file that the person chooses, pictures after a look at what becomes of them. */
export async function importOwnDataset(
  library: DatasetLibrary,
  parts: PreviewParts,
  argument?: vscode.Uri,
): Promise<void> {
  const location = argument?.fsPath ?? (await chooseLocation());
  if (location === undefined) return;
  const name = await vscode.window.showInputBox({
    title: 'Import Dataset',
    prompt: 'The name of the dataset',
    value: path.parse(location).name,
    validateInput: (text) =>
      /[\p{L}\p{N}]/u.test(text) ? undefined : 'Type a name with a letter or a digit.',
  });
  if (name === undefined) return;
  const options = (await isOfPictures(location)) ? await previewPictures(location, name, parts) : {};
  if (!options) return;
  const imported = await longWork(`Importing ${name}`, (report, signal) =>
    importDataset(
      location,
      {
        ...options,
        name: name.trim(),
        signal,
        onProgress: ({ done, total }) => report(counted(done, 'sample'), total > 0 ? done / total : 0),
      },
      library.store,
    ),
  );
  library.refresh();
  if (!imported) return;
  const { manifest, problems } = imported;
  for (const problem of problems) parts.log.warn(`${manifest.name}: ${problem}`);
  const left =
    problems.length > 0 ? ` ${counted(problems.length, 'thing')} left out: see "Scrawl: Show Log".` : '';
  await offerToBrowse(
    `${manifest.name} is here: ${counted(samplesOf(manifest), 'sample')}.${left}`,
    manifest.id,
  );
}

async function chooseLocation(): Promise<string | undefined> {
  const kinds = [
    { label: FOLDER, description: 'pictures, IDX or EMNIST files, InkML or UNIPEN' },
    { label: FILE, description: 'zip archive, CSV, IDX, InkML, UNIPEN, JSON, JSON Lines' },
  ];
  const kind = await vscode.window.showQuickPick(kinds, {
    title: 'Import Dataset',
    placeHolder: 'What to import',
  });
  if (!kind) return undefined;
  const folder = kind.label === FOLDER;
  const chosen = await vscode.window.showOpenDialog({
    title: 'Import Dataset',
    openLabel: 'Import',
    canSelectFiles: !folder,
    canSelectFolders: folder,
    canSelectMany: false,
  });
  return chosen?.[0]?.fsPath;
}

/** Whether pictures in a folder or archive are what will be imported. */
async function isOfPictures(location: string): Promise<boolean> {
  const { type } = await vscode.workspace.fs.stat(vscode.Uri.file(location));
  if (!(type & vscode.FileType.Directory) && !/\.zip$/i.test(location)) return false;
  const files = await openFiles(location);
  try {
    return holdsPictures(files);
  } finally {
    files.close();
  }
}
