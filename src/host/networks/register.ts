import * as vscode from 'vscode';
import type { DatasetLibrary } from '../datasets/library';
import { Command } from '../shell/names';
import type { Shell } from '../shell/shell';
import { NetworkDesigner } from './designerEditor';
import { NetworkDiagnostics } from './networkDiagnostics';
import { newNetwork } from './newNetwork';
import { openNetworkAsText, openNetworkDesigner } from './openNetwork';

/** Designing networks; the commands that open one take its file, or nothing. */
export function registerNetworks(shell: Shell, { library }: { library: DatasetLibrary }): void {
  const designer = shell.own(new NetworkDesigner(shell, library));
  shell.own(new NetworkDiagnostics());
  const file = (argument: unknown) => (argument instanceof vscode.Uri ? argument : undefined);
  shell.commands({
    [Command.newNetwork]: newNetwork,
    [Command.openNetworkDesigner]: (argument) => openNetworkDesigner(file(argument)),
    [Command.openNetworkAsText]: (argument) => openNetworkAsText(file(argument)),
    [Command.exportNetworkPicture]: () => designer.exportPicture(),
  });
}
