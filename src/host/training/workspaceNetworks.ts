import path from 'node:path';
import * as vscode from 'vscode';
import { NETWORK_SUFFIX } from '../../base/fileKinds';
import { type NetworkChoice, readNetworkText, sizeOf } from './networkChoices';

/** Files that are looked at: a workspace has few networks. */
const MOST_FILES = 50;
/** No network file is larger. */
const MOST_BYTES = 2 ** 20;

/** The network files of the workspace that can be read. */
export async function workspaceNetworks(): Promise<NetworkChoice[]> {
  const files = await vscode.workspace.findFiles(`**/*${NETWORK_SUFFIX}`, '**/node_modules/**', MOST_FILES);
  const choices = await Promise.all(files.map((file) => networkFile(file).catch(() => undefined)));
  return choices.filter((choice) => choice !== undefined);
}

/**
 * A network file to start a run with.
 *
 * @throws NetworkError where it holds no network that can work
 */
export async function networkFile(file: vscode.Uri): Promise<NetworkChoice> {
  const read = async () => readNetworkText(await textOf(file));
  const network = await read();
  return {
    value: file.toString(),
    label: path.posix.basename(file.path, NETWORK_SUFFIX),
    detail: `${sizeOf(network)}, ${vscode.workspace.asRelativePath(file)}`,
    read,
  };
}

async function textOf(file: vscode.Uri): Promise<string> {
  // what stands in an editor counts, saved or not
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  if (open) return open.getText();
  const { size } = await vscode.workspace.fs.stat(file);
  const bytes = size > MOST_BYTES ? new Uint8Array() : await vscode.workspace.fs.readFile(file);
  return new TextDecoder().decode(bytes);
}
