import * as vscode from 'vscode';
import type { CurrentEvaluation } from './currentEvaluation';

/** Asks for the characters that the model may give, and judges the window's evaluation by them. */
export async function askAlphabet(current: CurrentEvaluation): Promise<void> {
  const characters = await vscode.window.showInputBox({
    title: 'Alphabet',
    prompt: 'Characters that the model may give, without spaces',
    validateInput: (value) => (value.trim() ? undefined : 'Type at least one character.'),
  });
  const { spec } = current;
  if (characters === undefined || !spec) return;
  const alphabet = [...new Set(characters.replace(/\s/gu, ''))].join('');
  current.show({ ...spec, judging: { ...spec.judging, alphabet } });
}
