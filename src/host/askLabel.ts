import * as vscode from 'vscode';

/** A label of more characters than this is a mistake. */
const LONGEST_LABEL = 20;

/**
 * Asks what was drawn: one of the known classes, or what the person types, which may be new.
 *
 * @returns undefined where the person gave no answer
 */
export function askLabel(classes: readonly string[]): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick();
  const known = new Set(classes);
  const items = classes.map((label) => ({ label }));
  pick.title = 'Keep as Sample';
  pick.placeholder = 'The character that you drew; type one that is not in the list, such as λ';
  pick.items = items;
  pick.onDidChangeValue((value) => {
    const typed = value.trim();
    const isNew = typed !== '' && typed.length <= LONGEST_LABEL && !known.has(typed);
    pick.items = isNew
      ? [{ label: typed, description: 'a new character', alwaysShow: true }, ...items]
      : items;
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.label);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
