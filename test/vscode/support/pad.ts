import * as vscode from 'vscode';
import { Command } from '../../../src/host/shell/names';
import { until } from '../../harness/until';
import type { HostToPad, PadToHost } from '../../../src/protocol/pages/pad';
import { run } from './commands';
import { listenFor } from './heard';
import { withPage } from './page';

const heardOf = listenFor<HostToPad>();
const saidOf = listenFor<PadToHost>();

/**
 * Lets a command show a list in which one can type, too.
 *
 * @param use is given the list once it has items; it is hidden afterwards
 */
export async function withTypedList<T>(
  work: () => PromiseLike<unknown>,
  use: (list: vscode.QuickPick<vscode.QuickPickItem>) => T | Promise<T>,
): Promise<T> {
  const { window } = vscode;
  const original = window.createQuickPick.bind(window);
  let made: vscode.QuickPick<vscode.QuickPickItem> | undefined;
  let hidden: Promise<void> | undefined;
  window.createQuickPick = (() => {
    const list = original();
    // asked for first: whoever made the list disposes of it then
    hidden = new Promise<void>((resolve) => list.onDidHide(resolve));
    return (made = list);
  }) as typeof window.createQuickPick;
  try {
    const working = work();
    const list = await until('the list', () => (made && made.items.length > 0 ? made : undefined));
    try {
      return await use(list);
    } finally {
      list.hide();
      await Promise.all([hidden, working]);
      // until whoever waited for the answer has told the page of it
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    window.createQuickPick = original;
  }
}

/** The characters that the pad offers: those of the model that it reads with. */
export function padCharacters(): Promise<string[]> {
  return withTypedList(
    () => run(Command.pickCharacter),
    ({ items }) => {
      const { Separator } = vscode.QuickPickItemKind;
      const more = items.findIndex(({ label, kind }) => kind === Separator && label === 'more characters');
      return items
        .slice(0, more)
        .filter(({ kind }) => kind !== Separator)
        .map(({ label }) => label);
    },
  );
}

/** A pad in a tab whose page the test speaks for. */
export function withPad<T>(
  work: (tell: (message: PadToHost) => void, heard: readonly unknown[]) => Promise<T>,
): Promise<T> {
  return withPage(async (tell, heard, said) => {
    await run(Command.openPadInEditor);
    tell({ type: 'ready' });
    await heardOf(heard, 'settings');
    // a list that is shown before would be hidden when the page takes the keyboard
    await saidOf(said, 'focus', ({ focused }) => focused);
    return work(tell, heard);
  });
}
