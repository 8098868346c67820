import type * as vscode from 'vscode';
import { groupBy } from '../../base/groupBy';
import { pickOrType } from '../shell/pickOrType';

/** A text of more characters than this is a mistake. */
const LONGEST_LABEL = 2_000;
/** A symbol stands for a text of so many characters at most. */
const LONGEST_SYMBOL = 100;

/** What the user says was written. */
export interface Label extends vscode.QuickPickItem {
  /** The text, whatever its length, is one symbol. */
  readonly isSymbol: boolean;
}

/**
 * Asks what was written: one of the known classes, or what the user types, which may be new, and a text or a symbol that
 * stands for one.
 *
 * @param classes the likeliest first
 * @param isSymbol whether what is drawn is likely a symbol
 * @returns undefined where the user gave no answer
 */
export function askLabel(classes: readonly Label[], isSymbol: boolean): Promise<Label | undefined> {
  const known = groupBy(classes, ({ label }) => label);
  return pickOrType<Label>({
    title: 'Keep as Sample',
    placeholder: 'What you wrote; type what is not in the list, such as λ, := or a whole line',
    items: [...known.values()].flatMap(([first]) => first ?? []),
    itemsFor: (typed) => (known.has(typed) ? [] : labelsFor(typed, isSymbol)),
  });
}

/** What a text that is no known class may be: one character, or a text of several, or a symbol. */
function labelsFor(typed: string, isSymbol: boolean): Label[] {
  if (typed === '' || typed.length > LONGEST_LABEL) return [];
  const isCharacter = [...new Intl.Segmenter().segment(typed)].length === 1;
  if (isCharacter) return [{ label: typed, description: 'new', isSymbol: false }];
  const text = { label: typed, description: 'new: a text, character by character', isSymbol: false };
  if (typed.length > LONGEST_SYMBOL || typed.includes('\n')) return [text];
  const symbol = { label: typed, description: 'new: one symbol that inserts this', isSymbol: true };
  return isSymbol ? [symbol, text] : [text, symbol];
}
