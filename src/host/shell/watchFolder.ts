import * as vscode from 'vscode';

/** Milliseconds between two looks at files that change all the time. */
const CALM = 300;

/**
 * Tells that files of a folder came or went, whoever did it: other windows and the command line use the same folders.
 * It also tells when the window gets the focus, since not every file system says what happens in it.
 *
 * @param globs of the files
 * @param changes whether to tell of what is written into them, too
 */
export function watchFolder(
  folder: string,
  globs: readonly string[],
  look: () => void,
  { changes = true } = {},
): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lookSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, CALM);
  };
  const watchers = globs.flatMap((glob) => {
    const pattern = new vscode.RelativePattern(vscode.Uri.file(folder), glob);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, !changes, false);
    return [
      watcher,
      watcher.onDidCreate(lookSoon),
      watcher.onDidChange(lookSoon),
      watcher.onDidDelete(lookSoon),
    ];
  });
  const focus = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) look();
  });
  return vscode.Disposable.from(...watchers, focus, { dispose: () => clearTimeout(timer) });
}
