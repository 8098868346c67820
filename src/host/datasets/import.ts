import * as vscode from 'vscode';
import { holdsPictures } from '../../datasets/import/labelPictures';
import { openLocation } from '../../datasets/import/location';
import { proposedDatasetName } from '../../datasets/import/proposedName';
import { LONGEST_NAME } from '../../datasets/store/manifest';
import type { importData } from '../../protocol/engine/importer';
import { NumberedClasses } from '../../protocol/failures';
import type { Params, Result } from '../../protocol/rpc';
import type { Importer } from './importer';
import type { DatasetLibrary } from './library';
import { counted } from '../../base/words';
import type { ImportPreviews } from './importPreviewPanel';
import { offerToBrowse } from './download';
import { choosePath } from '../shell/choosePath';
import { longWork } from '../shell/longWork';

const TITLE = 'Import Dataset';
/** Stands for the options of pictures where there are none. */
const NO_PICTURES = 'none';

export interface ImportParts {
  readonly library: DatasetLibrary;
  readonly importer: Importer;
  readonly previews: ImportPreviews;
  readonly log: vscode.LogOutputChannel;
}

/** Makes a dataset of a folder or file that the user chooses, pictures after a look at what becomes of them. */
export async function importOwnDataset(
  { library, importer, previews, log }: ImportParts,
  argument?: vscode.Uri,
): Promise<void> {
  const location = argument?.fsPath ?? (await chooseLocation());
  if (location === undefined) return;
  const proposed = proposedDatasetName(location);
  // what lies there is looked at first: whoever sees that it is something else need not name it
  const pictures = (await isOfPictures(location)) ? await previews.ask(location, proposed) : NO_PICTURES;
  if (!pictures) return;
  const name = await askName(TITLE, proposed);
  if (name === undefined) return;
  const params: Params<typeof importData> = {
    location,
    home: library.store.home,
    name,
    ...(pictures !== NO_PICTURES && { pictures }),
  };
  const result = await importAsked(params, importer);
  library.refresh();
  if (!result) return;
  for (const sentence of result.failed) log.warn(`${location}: ${sentence}`);
  for (const { name: stored, problems } of result.imported) {
    for (const problem of problems) log.warn(`${stored}: ${problem}`);
  }
  await sayWhatIsHere(result);
}

/** Imports, and asks what numbered labels stand for where that is all that is missing. */
async function importAsked(
  params: Params<typeof importData>,
  importer: Importer,
): Promise<Result<typeof importData> | undefined> {
  try {
    return await longWork(`Importing ${params.name}`, (report, signal) =>
      importer.import(
        params,
        {
          choose: chooseParts,
          onProgress: ({ done, total }) => report(counted(done, 'sample'), total > 0 ? done / total : 0),
        },
        signal,
      ),
    );
  } catch (error) {
    if (!(error instanceof NumberedClasses)) throw error;
    const characters = await vscode.window.showInputBox({
      title: TITLE,
      prompt: 'The characters that the labels 0, 1, 2 and so on stand for, one behind the other',
      placeHolder: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      ...(params.characters !== undefined && { value: params.characters }),
      ignoreFocusOut: true,
      validateInput: (text) => (text === '' ? 'Type the characters.' : undefined),
    });
    return characters === undefined ? undefined : importAsked({ ...params, characters }, importer);
  }
}

/** Asks which of several datasets that lie side by side are wanted. */
async function chooseParts(names: readonly string[]): Promise<readonly string[]> {
  const picked = await vscode.window.showQuickPick(
    names.map((label) => ({ label, picked: true })),
    { title: TITLE, placeHolder: 'Several datasets lie here: which are to be imported?', canPickMany: true },
  );
  return picked?.map(({ label }) => label) ?? [];
}

async function sayWhatIsHere({ imported, failed }: Result<typeof importData>): Promise<void> {
  const [first] = imported;
  if (!first) return;
  const samples = imported.reduce((sum, each) => sum + each.samples, 0);
  const which = imported.length > 1 ? `${counted(imported.length, 'dataset')} are` : `${first.name} is`;
  const left = imported.reduce((sum, { problems }) => sum + problems.length, failed.length);
  const more = left > 0 ? ` ${counted(left, 'thing')} left out: see "Scrawl: Show Log".` : '';
  await offerToBrowse(`${which} ready: ${counted(samples, 'sample')}.${more}`, first.id);
}

/** Asks what a new dataset is to be called. */
export async function askName(title: string, value: string): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title,
    prompt: 'The name of the dataset',
    value,
    validateInput: (text) => {
      if (!/[\p{L}\p{N}]/u.test(text)) return 'Type a name with a letter or a digit.';
      const most = String(LONGEST_NAME);
      return text.trim().length > LONGEST_NAME ? `Type a name of at most ${most} characters.` : undefined;
    },
  });
  return name?.trim();
}

const chooseLocation = (): Promise<string | undefined> =>
  choosePath({
    title: TITLE,
    openLabel: 'Import',
    placeHolder: 'What to import',
    folder: 'pictures, IDX or EMNIST files, InkML or UNIPEN',
    file: 'zip archive, CSV, IDX, InkML, UNIPEN, JSON, JSON Lines',
  });

/** Whether pictures in a folder or archive are what will be imported. */
async function isOfPictures(location: string): Promise<boolean> {
  const { type } = await vscode.workspace.fs.stat(vscode.Uri.file(location));
  if (!(type & vscode.FileType.Directory) && !/\.zip$/i.test(location)) return false;
  const files = await openLocation(location);
  try {
    return holdsPictures(files);
  } finally {
    files.close();
  }
}
