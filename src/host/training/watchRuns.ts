import * as vscode from 'vscode';
import type { TrainingRuns } from './trainingRuns';

/** Other windows and the command line train in the same folder: tells the runs when one begins, ends or is removed. */
export function watchRuns(runs: TrainingRuns): vscode.Disposable {
  const home = vscode.Uri.file(runs.store.folder);
  const look = () => runs.refresh();
  const disposables = ['*/run.json', '*/run.lock'].flatMap((glob) => {
    // what a run writes while it trains is told by its engine
    const pattern = new vscode.RelativePattern(home, glob);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, true, false);
    return [watcher, watcher.onDidCreate(look), watcher.onDidDelete(look)];
  });
  const focus = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) look();
  });
  return vscode.Disposable.from(...disposables, focus);
}
