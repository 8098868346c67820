import * as vscode from 'vscode';

/** The layers of a model that do not learn, as the person picks them; none are chosen already. */
export async function pickFrozen(layers: readonly string[], title: string): Promise<string[] | undefined> {
  const items = layers.map((label) => ({ label }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Layers to freeze: these stay as they are, the others learn. Enter alone freezes none.',
    canPickMany: true,
  });
  return picked?.map(({ label }) => label);
}
