import * as vscode from 'vscode';

/** The layers of a model that do not learn, as the user picks them; none are chosen already. */
export async function pickFrozen(layers: readonly string[], title: string): Promise<string[] | undefined> {
  const items = layers.map((label) => ({ label }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder:
      'Layers to freeze: they keep their weights while the others learn. Press Enter to freeze none.',
    canPickMany: true,
  });
  return picked?.map(({ label }) => label);
}
