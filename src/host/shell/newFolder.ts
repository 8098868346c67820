import * as vscode from 'vscode';

/** Asks where something is exported to; gives a folder there that is not there yet. */
export async function chooseNewFolder(title: string, name: string): Promise<vscode.Uri | undefined> {
  const [parent] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: 'Export Here',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return parent && freeFolder(parent, name);
}

/** Says what was exported, and offers to show the folder. */
export function sayWhere(message: string, folder: vscode.Uri): void {
  const reveal = 'Show Folder';
  void vscode.window.showInformationMessage(message, reveal).then((answer) => {
    if (answer === reveal) void vscode.commands.executeCommand('revealFileInOS', folder);
  });
}

/** A folder that is not there yet: a number tells it from those of before. */
async function freeFolder(parent: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const folder = vscode.Uri.joinPath(parent, number === 1 ? name : `${name}-${number}`);
    const there = await vscode.workspace.fs.stat(folder).then(
      () => true,
      () => false,
    );
    if (!there) return folder;
  }
}
