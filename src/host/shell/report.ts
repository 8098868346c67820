import * as vscode from 'vscode';
import { UserError } from '../../base/userError';
import { BackendLost, Canceled } from '../../protocol/failures';
import { asUserError } from '../../storage/fileSystemError';
import { Command } from './names';

const RETRY = 'Retry';
const SHOW_LOG = 'Show Log';
const SELECT_BACKEND = 'Select Backend…';

/** One sentence for the user; the details of what they cannot mend go to the log. */
export function sentenceFor(error: unknown, log: vscode.LogOutputChannel): string {
  const told = asUserError(error);
  if (told instanceof UserError) {
    log.warn(told.message);
    return told.message;
  }
  log.error(error instanceof Error ? error : String(error));
  return 'Scrawl failed at this: run "Scrawl: Show Log" to see why.';
}

/**
 * Tells the user that something failed, unless it was given up on purpose. There is always a button: VS Code cuts the
 * sentences of notifications without one.
 *
 * @param again does the same once more, where that can be
 */
export async function report(
  error: unknown,
  log: vscode.LogOutputChannel,
  again?: () => unknown,
): Promise<void> {
  if (error instanceof Canceled) return;
  const actions = error instanceof BackendLost ? [SELECT_BACKEND] : [...(again ? [RETRY] : []), SHOW_LOG];
  const sentence = error instanceof BackendLost ? error.message : sentenceFor(error, log);
  const answer = await vscode.window.showErrorMessage(sentence, ...actions);
  if (answer === RETRY) await again?.();
  if (answer === SHOW_LOG) await vscode.commands.executeCommand(Command.showLog);
  if (answer === SELECT_BACKEND) await vscode.commands.executeCommand(Command.selectBackend);
}
