import * as vscode from 'vscode';
import { counted } from '../../base/words';

/** From this many samples on a change is asked about: a slip of Ctrl+A is quickly made. */
const ASK_FROM = 1000;

/** Whether so many samples are to be changed. */
export async function confirmed(count: number): Promise<boolean> {
  if (count < ASK_FROM) return count > 0;
  const go = 'Change Them';
  const message = `Change ${counted(count, 'sample')}?`;
  return (await vscode.window.showWarningMessage(message, { modal: true }, go)) === go;
}
