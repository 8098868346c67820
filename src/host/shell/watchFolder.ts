import path from 'node:path';
import * as vscode from 'vscode';

/** Milliseconds between two looks at files that change all the time. */
const CALM = 300;

export interface WatchOptions {
  /** Whether to tell of what is written into the files, too. */
  readonly changes?: boolean;
  /** Whether a file of this name counts. */
  readonly isOf?: (name: string) => boolean;
}

/**
 * Tells that files of a folder came or went, whoever did it: other windows and the command line use the same folders.
 * It also tells when the window gets the focus, since not every file system says what happens in it.
 *
 * @param globs of the files
 */
export function watchFolder(
  folder: string,
  globs: readonly string[],
  look: () => void,
  { changes = true, isOf = () => true }: WatchOptions = {},
): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lookSoon = (file: vscode.Uri) => {
    if (!isOf(path.basename(file.fsPath))) return;
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
