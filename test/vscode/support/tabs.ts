import * as vscode from 'vscode';
import { openPanels } from './page';

/** Every tab of every group. */
export function tabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

export function tabLabels(): string[] {
  return tabs().map(({ label }) => label);
}

/** Closes our pages: what a test speaks for, it can from its start on only. */
export async function closePages(): Promise<void> {
  // the list of tabs may not have one yet that was just opened
  for (const panel of openPanels) panel.dispose();
  await vscode.window.tabGroups.close(tabs().filter(({ input }) => input instanceof vscode.TabInputWebview));
}

/** Closes every tab without saving. */
export async function closeAll(): Promise<void> {
  while (vscode.window.tabGroups.activeTabGroup.activeTab) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}
