import * as vscode from 'vscode';
import { LISTED_LANGUAGES } from '../../../language/keywords/keywords';

/** How lines are to be read. */
export interface PickedDecoding {
  /** VS Code's id of the language of the texts; the ink alone is read without one. */
  readonly language: string | undefined;
}

const PROSE = 'plaintext';

/** Asks whether the ink alone is read, or what a language makes likely besides. */
export async function pickDecoding(title: string): Promise<PickedDecoding | undefined> {
  const items: (vscode.QuickPickItem & PickedDecoding)[] = [
    { label: 'Ink alone', description: 'greedy, as trainings measure', language: undefined },
    { label: 'Plain text', description: 'decoded with what is likely in prose', language: PROSE },
    ...LISTED_LANGUAGES.map((language) => ({
      label: language,
      description: 'decoded with what is likely in code, and its keywords',
      language,
    })),
  ];
  const placeHolder = 'How the lines are read';
  return vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
}
