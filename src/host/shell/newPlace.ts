import path from 'node:path';
import * as vscode from 'vscode';

/** Asks where something is exported to; gives a folder or file there that is not there yet. */
export async function chooseNewPlace(title: string, name: string): Promise<vscode.Uri | undefined> {
  const [parent] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: 'Export Here',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return parent && freePlace(parent, name);
}

/** Says what was exported, and offers to show it. */
export function sayWhere(message: string, place: vscode.Uri): void {
  const reveal = 'Show Folder';
  void vscode.window.showInformationMessage(message, reveal).then((answer) => {
    if (answer === reveal) void vscode.commands.executeCommand('revealFileInOS', place);
  });
}

/** A place where nothing is yet: a number before its ending tells it from those of before. */
async function freePlace(parent: vscode.Uri, name: string): Promise<vscode.Uri> {
  const { name: stem, ext } = path.parse(name);
  for (let number = 1; ; number++) {
    const place = vscode.Uri.joinPath(parent, number === 1 ? name : `${stem}-${String(number)}${ext}`);
    const there = await vscode.workspace.fs.stat(place).then(
      () => true,
      () => false,
    );
    if (!there) return place;
  }
}
