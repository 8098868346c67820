import * as vscode from 'vscode';

/** Every tab of every group. */
export function tabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

export function tabLabels(): string[] {
  return tabs().map(({ label }) => label);
}

/** Closes our pages: what a test speaks for, it can from its start on only. */
export async function closePages(): Promise<void> {
  await vscode.window.tabGroups.close(tabs().filter(({ input }) => input instanceof vscode.TabInputWebview));
}

/** Closes every tab without saving. */
export async function closeAll(): Promise<void> {
  while (vscode.window.tabGroups.activeTabGroup.activeTab) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}
