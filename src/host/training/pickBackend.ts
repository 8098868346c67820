import * as vscode from 'vscode';
import { RUN_SETTING_FIELDS } from '../../runs/runSettingFields';

/**
 * Asks what is to compute as something is resumed.
 *
 * @returns undefined where the user wants none
 */
export async function pickBackend(name: string): Promise<string | undefined> {
  const field = RUN_SETTING_FIELDS.find((each) => each.name === 'backend');
  const choices = field?.kind === 'choice' ? field.choices : [];
  const items = choices.map(({ value, label, description }) => ({ label, description, value }));
  const title = `Resume ${name}`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'What computes' }))?.value;
}
