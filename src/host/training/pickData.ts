import path from 'node:path';
import * as vscode from 'vscode';
import type { Manifest } from '../../datasets/store/manifest';
import { type DataChoice, dataChoices } from './trainingData';
import type { DatasetLibrary } from '../datasets/library';
import { chooseOnDisk } from '../shell/choosePath';
import { Command } from '../shell/names';
import { runCommand } from '../shell/runCommand';

type Item = vscode.QuickPickItem & {
  readonly choice?: DataChoice;
  readonly other?: 'download' | 'folder' | 'file';
};

/** Of the dialogs for data that are not in the store. */
export const TRAIN_ON = { title: 'Dataset to Train On', openLabel: 'Train on This' };

const OTHERS: readonly Item[] = [
  { label: 'Download…', iconPath: new vscode.ThemeIcon('cloud-download'), other: 'download' },
  { label: 'From a Folder…', iconPath: new vscode.ThemeIcon('folder'), other: 'folder' },
  { label: 'From a File…', iconPath: new vscode.ThemeIcon('file'), other: 'file' },
];

/**
 * The data that a run learns from, as the user picks it.
 *
 * @param first what to offer first: what was taken the last time
 * @param only data of this kind, where another is of no use
 * @returns undefined where they want none, or first have to download it
 */
export async function pickData(
  library: DatasetLibrary,
  title: string,
  first: string | undefined,
  only?: Manifest['kind'],
): Promise<DataChoice | undefined> {
  const choices = await dataChoices(library, only);
  const sorted = [...choices].sort((a, b) => Number(b.value === first) - Number(a.value === first));
  const items: Item[] = sorted.map((choice) => ({ label: choice.label, description: choice.detail, choice }));
  const separator: Item = { label: 'Other', kind: vscode.QuickPickItemKind.Separator };
  const picked = await vscode.window.showQuickPick([...items, separator, ...OTHERS], {
    title,
    placeHolder: 'What it learns from',
    ignoreFocusOut: true,
  });
  if (picked?.choice) return picked.choice;
  if (picked?.other === 'download') {
    await runCommand(Command.downloadDataset);
    return undefined;
  }
  const location = picked?.other && (await chooseOnDisk(picked.other === 'folder', TRAIN_ON));
  return location ? { value: location, label: path.parse(location).name, detail: location } : undefined;
}
