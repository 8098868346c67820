import * as vscode from 'vscode';

/**
 * Asks where a text goes, and writes it.
 *
 * @param what it is, as a title has it
 * @param name proposed for its file
 * @param text made once it is known where it goes
 */
export async function saveText(
  what: string,
  name: string,
  filters: Record<string, string[]>,
  text: () => Promise<string>,
): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog({
    title: `Export ${what}`,
    filters,
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(await text()));
  const file = target.path.split('/').at(-1);
  vscode.window.setStatusBarMessage(`$(check) Scrawl: the ${what.toLowerCase()} are in ${file}`, 5000);
}
