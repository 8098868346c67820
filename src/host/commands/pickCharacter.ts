import * as vscode from 'vscode';
import { membership } from '../../models/alphabet';
import { requestAlphabet } from '../alphabet';
import type { Recognition } from '../recognition';
import { settings } from '../settings';

/** Lets the person pick a character of their alphabet from a list. */
export async function pickCharacter(recognition: Recognition): Promise<string | undefined> {
  return vscode.window.showQuickPick(alphabetOf(await recognition.classes()), {
    title: 'Pick Character',
    placeHolder: 'Type or choose the character to insert',
  });
}

function alphabetOf(classes: readonly string[]): string[] {
  const alphabet = requestAlphabet(settings.alphabet, settings.customAlphabet);
  const member = membership(alphabet, classes);
  return classes.filter((_, index) => member[index]);
}
