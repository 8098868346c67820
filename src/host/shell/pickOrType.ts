import * as vscode from 'vscode';

export interface PickOrTypeOptions<Item extends vscode.QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly (Item | Separator)[];
  /** The items for what the user types, where it stands for something itself: the first ones then. */
  readonly itemsFor?: (typed: string) => readonly Item[];
  /** A button of an item was pressed. */
  readonly onButton?: (item: Item) => void;
}

/** A heading between items. */
export interface Separator extends vscode.QuickPickItem {
  readonly kind: vscode.QuickPickItemKind.Separator;
}

/** A heading between items. */
export function separator(label: string): Separator {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/**
 * Lets the user choose from a list, or type what is not in it. What is typed letter by letter comes first, so that `a`
 * and Enter give `a` and no `A` before it.
 *
 * @returns undefined where the user gave no answer
 */
export function pickOrType<Item extends vscode.QuickPickItem>({
  title,
  placeholder,
  items,
  itemsFor = () => [],
  onButton,
}: PickOrTypeOptions<Item>): Promise<Item | undefined> {
  const pick = vscode.window.createQuickPick<Item | Separator>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.matchOnDescription = true;
  pick.items = items;
  const choices = items.filter((item): item is Item => !isSeparator(item));
  // what was typed, until the list has it at its top: Enter right behind the letter means it, too
  let hasty: Item | undefined;
  pick.onDidChangeActive(([active]) => {
    if (active?.label === hasty?.label) hasty = undefined;
  });
  pick.onDidChangeValue((value) => {
    const wanted = value.trim();
    const same = choices.find(({ label }) => label === wanted);
    const typed = same ? [same] : itemsFor(wanted);
    hasty = typed[0];
    const labels = new Set(typed.map(({ label }) => label));
    const others = choices.filter(({ label }) => !labels.has(label));
    pick.items =
      typed.length > 0 ? [...typed.map((item) => ({ ...item, alwaysShow: true })), ...others] : items;
  });
  pick.onDidTriggerItemButton(({ item }) => {
    if (!isSeparator(item)) onButton?.(item);
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const chosen = hasty ?? pick.selectedItems[0];
      resolve(chosen && !isSeparator(chosen) ? chosen : undefined);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function isSeparator(item: vscode.QuickPickItem): item is Separator {
  return item.kind === vscode.QuickPickItemKind.Separator;
}
