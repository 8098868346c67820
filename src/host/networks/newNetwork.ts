import * as vscode from 'vscode';
import { NETWORK_SUFFIX } from '../../base/fileKinds';
import { grouped } from '../../base/words';
import type { Network } from '../../networks/network';
import { writeNetwork } from '../../networks/networkText';
import { PRESETS } from '../../networks/presets';
import { PRESET_SOURCES } from '../../networks/presetSources';
import { View } from '../shell/names';
import { emptyNetwork, shownNetwork } from './designerState';

/** Classes that a preset's weights are counted for in the list: the digits. */
const COUNTED_CLASSES = 10;

interface Start extends vscode.QuickPickItem {
  network: Network;
}

/** Makes a network, empty or from a preset, and opens it in the designer. It is on no disk until it is saved. */
export async function newNetwork(): Promise<void> {
  const picked = await vscode.window.showQuickPick(starts(), {
    title: 'New Network',
    placeHolder: 'What to start from',
    matchOnDetail: true,
  });
  if (!picked) return;
  const uri = await freeName(picked.network.name);
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, document.positionAt(0), writeNetwork(picked.network));
  await vscode.workspace.applyEdit(edit);
  await vscode.commands.executeCommand('vscode.openWith', uri, View.networkDesigner);
}

function starts(): Start[] {
  const empty: Start = {
    label: 'Empty network',
    detail: 'No layers yet, for pictures of 28x28.',
    network: emptyNetwork('my-network'),
  };
  return [empty, ...Object.values(PRESETS).map(presetItem)];
}

function presetItem(network: Network): Start {
  const [height, width] = network.input;
  const { total } = shownNetwork(network, 0, COUNTED_CLASSES);
  const { description = '', source = '' } = PRESET_SOURCES[network.name] ?? {};
  return {
    label: network.name,
    description: `${String(height)}x${String(width)}, ${grouped(total ?? 0)} weights for ${String(COUNTED_CLASSES)} classes`,
    detail: `${description} ${source}.`,
    network,
  };
}

/** A file in the first folder, which is not there yet and not open either; without a folder only a name. */
async function freeName(name: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  for (let number = 1; ; number++) {
    const file = `${name}${number === 1 ? '' : `-${String(number)}`}${NETWORK_SUFFIX}`;
    const target = folder && vscode.Uri.joinPath(folder, file);
    const uri = target?.with({ scheme: 'untitled' }) ?? vscode.Uri.from({ scheme: 'untitled', path: file });
    const open = vscode.workspace.textDocuments.some(({ uri: { path } }) => path === uri.path);
    if (!open && !(target && (await exists(target)))) return uri;
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
