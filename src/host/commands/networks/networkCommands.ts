import * as vscode from 'vscode';
import { Command } from '../../names';
import type { NetworkDesigner } from '../../views/designerEditor';
import { newNetwork } from './newNetwork';
import { openNetworkAsText, openNetworkDesigner } from './openNetwork';

/** The commands on networks; those that open one take its file, or nothing. */
export function networkCommands(designer: NetworkDesigner) {
  const file = (argument: unknown) => (argument instanceof vscode.Uri ? argument : undefined);
  return {
    [Command.newNetwork]: newNetwork,
    [Command.openNetworkDesigner]: (argument?: unknown) => openNetworkDesigner(file(argument)),
    [Command.openNetworkAsText]: (argument?: unknown) => openNetworkAsText(file(argument)),
    [Command.exportNetworkPicture]: () => designer.exportPicture(),
  };
}
