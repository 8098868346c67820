import * as vscode from 'vscode';
import { ALPHABET_CHOICES, ALPHABET_LABELS, type AlphabetChoice, CUSTOM } from '../../base/alphabet';
import { settings } from '../shell/settings';

const EXAMPLES: Record<AlphabetChoice, string> = {
  all: 'every character that the model knows',
  alphanumeric: 'A–Z a–z 0–9',
  letters: 'A–Z a–z',
  capitals: 'A–Z',
  small: 'a–z',
  digits: '0–9',
  punctuation: '+ − ( ) { } …',
  symbols: 'α ∑ → ∀ ∞ …',
  everything: 'characters and symbols',
  custom: 'your own characters…',
};

/** Lets the user choose what the pad may give. */
export async function selectAlphabet(): Promise<void> {
  const items = ALPHABET_CHOICES.map((choice) => ({
    choice,
    label: ALPHABET_LABELS[choice],
    description: EXAMPLES[choice],
    ...(choice === settings.alphabet && { iconPath: new vscode.ThemeIcon('check') }),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Alphabet',
    placeHolder: 'The characters that the pad may give',
  });
  if (picked) await chooseAlphabet(picked.choice);
}

/** Stores a choice; for the custom one the user says which characters. */
export async function chooseAlphabet(choice: AlphabetChoice): Promise<void> {
  if (choice !== CUSTOM) return settings.setAlphabet(choice);
  const characters = await vscode.window.showInputBox({
    title: 'Custom Alphabet',
    prompt: 'Characters that the pad may give, without spaces',
    value: settings.customAlphabet,
    validateInput: (value) => (value.trim() ? undefined : 'Type at least one character.'),
  });
  if (characters) await settings.setCustomAlphabet(characters.trim());
}
