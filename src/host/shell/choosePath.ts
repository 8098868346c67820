import * as vscode from 'vscode';

/** What a dialog is called, and what its button says. */
interface DialogWords {
  readonly title: string;
  readonly openLabel: string;
}

/** What a user is asked, and what may lie in a folder and in a file. */
export interface PathQuestion extends DialogWords {
  readonly placeHolder: string;
  readonly folder?: string;
  readonly file?: string;
}

/** The path of a folder or a file that the user chooses: one dialog shows both on no system. */
export async function choosePath({
  placeHolder,
  folder,
  file,
  ...words
}: PathQuestion): Promise<string | undefined> {
  const items = [
    { label: 'Folder…', isFolder: true, ...(folder !== undefined && { description: folder }) },
    { label: 'File…', isFolder: false, ...(file !== undefined && { description: file }) },
  ];
  const kind = await vscode.window.showQuickPick(items, { title: words.title, placeHolder });
  return kind && chooseOnDisk(kind.isFolder, words);
}

/** The path of a folder, or of a file, that the user chooses. */
export async function chooseOnDisk(isFolder: boolean, words: DialogWords): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    ...words,
    canSelectFiles: !isFolder,
    canSelectFolders: isFolder,
    canSelectMany: false,
  });
  return chosen?.[0]?.fsPath;
}
