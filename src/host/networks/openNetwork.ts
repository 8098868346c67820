import * as vscode from 'vscode';
import { NETWORK_SUFFIX } from '../../base/fileKinds';
import { UserError } from '../../base/userError';
import { Command, View } from '../shell/names';

/** VS Code's own editor of text. */
const TEXT_EDITOR = 'default';

/**
 * Opens a network file in the designer: the one given, the one in front, or one of the folder that the user picks.
 *
 * @throws UserError where there is none
 */
export async function openNetworkDesigner(file?: vscode.Uri): Promise<void> {
  const uri = file ?? fileInFront() ?? (await pickNetworkFile());
  if (uri) await openAs(uri, View.networkDesigner);
}

/**
 * Opens a network file as text: the one given or the one in front.
 *
 * @throws UserError where there is none
 */
export async function openNetworkAsText(file?: vscode.Uri): Promise<void> {
  const uri = file ?? fileInFront();
  if (!uri) throw new UserError('Open a network in the designer first, then open it as text.');
  await openAs(uri, TEXT_EDITOR);
}

/** Shows a file in an editor; where it is in front in another one, in its place. */
async function openAs(uri: vscode.Uri, editor: string): Promise<void> {
  if (fileInFront()?.toString() === uri.toString()) {
    await vscode.commands.executeCommand('reopenActiveEditorWith', editor);
  } else {
    await vscode.commands.executeCommand('vscode.openWith', uri, editor);
  }
}

function fileInFront(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const shows = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  return shows && input.uri.path.endsWith(NETWORK_SUFFIX) ? input.uri : undefined;
}

async function pickNetworkFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.workspace.findFiles(`**/*${NETWORK_SUFFIX}`, '**/node_modules/**', 500);
  if (files.length === 0) return offerNew();
  if (files.length === 1) return files[0];
  const items = files
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Open Network Designer',
    placeHolder: 'The network file to open',
  });
  return picked?.uri;
}

/** With no network file there is nothing to open but a new one. */
async function offerNew(): Promise<undefined> {
  await vscode.commands.executeCommand(Command.newNetwork);
  return undefined;
}
