import * as vscode from 'vscode';
import { NETWORK_SUFFIX } from '../../base/fileKinds';
import { type NetworkChoice, presetChoices } from './networkChoices';
import { networkFile, workspaceNetworks } from './workspaceNetworks';

/** The network that is offered first where none was taken before: small, quick and good. */
const FIRST = 'emnist-cnn';

type Item = vscode.QuickPickItem & { readonly choice?: NetworkChoice };

/**
 * The network that a run starts with, as the user picks it.
 *
 * @param first what to offer first: what was taken the last time
 */
export async function pickNetwork(title: string, first = FIRST): Promise<NetworkChoice | undefined> {
  const fromFile: Item = { label: 'From a File…', iconPath: new vscode.ThemeIcon('file') };
  const rank = ({ value }: NetworkChoice) => Number(value === first);
  const items = [...presetChoices(), ...(await workspaceNetworks())]
    .sort((a, b) => rank(b) - rank(a))
    .map((choice): Item => ({ label: choice.label, description: choice.detail, choice }));
  const separator: Item = { label: 'Other', kind: vscode.QuickPickItemKind.Separator };
  const picked = await vscode.window.showQuickPick([...items, separator, fromFile], {
    title,
    placeHolder: 'The network that learns',
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (picked !== fromFile) return picked?.choice;
  const file = await chooseNetworkFile();
  return file && networkFile(file);
}

/** A network file that the user chooses. */
export async function chooseNetworkFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Network to Train',
    openLabel: 'Train This',
    filters: { [`Networks (*${NETWORK_SUFFIX})`]: ['json'] },
  });
  return chosen?.[0];
}
