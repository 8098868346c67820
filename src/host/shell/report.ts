import * as vscode from 'vscode';
import { UserError } from '../../base/userError';
import { BackendLost, Canceled } from '../../protocol/failures';
import { asUserError } from '../../storage/fileSystemError';
import { Command } from './names';

/** One sentence for the user; the details of what they cannot mend go to the log. */
export function sentenceFor(error: unknown, log: vscode.LogOutputChannel): string {
  const told = asUserError(error);
  if (told instanceof UserError) return told.message;
  log.error(error instanceof Error ? error : String(error));
  return 'Scrawl failed at this: run "Scrawl: Show Log" to see why.';
}

/** Tells the user that something failed, unless it was given up on purpose. */
export function report(error: unknown, log: vscode.LogOutputChannel): void {
  if (error instanceof BackendLost) void offerAnotherBackend(error.message);
  else if (!(error instanceof Canceled)) void vscode.window.showErrorMessage(sentenceFor(error, log));
}

async function offerAnotherBackend(message: string): Promise<void> {
  const select = 'Select Backend…';
  const answer = await vscode.window.showErrorMessage(message, select);
  if (answer === select) await vscode.commands.executeCommand(Command.selectBackend);
}
